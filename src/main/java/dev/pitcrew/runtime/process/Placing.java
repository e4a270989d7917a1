package dev.pitcrew.runtime.process;

import java.util.Optional;

/// On which host an instance is to run, as the address under which others reach it there.
public interface Placing {
    /// The address of one that is about to start, or that has.
    String place(String service, String instance);

    /// The address of the one instance of a service, whether it runs yet or not: others are started with it.
    String home(String service);

    /// The address of one that was never placed.
    String usual();

    /// The name of the host on which an instance is; empty where hosts have none, and for one that was never placed.
    default Optional<String> named(String instance) {
        return Optional.empty();
    }

    /// All of them are at one address.
    static Placing at(String address) {
        return new Placing() {
            @Override
            public String place(String service, String instance) {
                return address;
            }

            @Override
            public String home(String service) {
                return address;
            }

            @Override
            public String usual() {
                return address;
            }
        };
    }
}
