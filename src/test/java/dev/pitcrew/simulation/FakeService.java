package dev.pitcrew.simulation;

import dev.pitcrew.runtime.http.HookAnswer;
import dev.pitcrew.runtime.http.HookCall;

/// What the instances of one service share and remember durably: the highest token and the kill latch. It answers hooks as the desk's
/// own services do, and passes the contract of [dev.pitcrew.runtime.http.Hooks].
final class FakeService {
    /// What an instance does once a hook was accepted.
    interface Deeds {
        void activate(FakeInstance instance);

        void deactivate(FakeInstance instance);
    }

    private final Deeds deeds;
    long highest;
    boolean isKilled;

    FakeService(Deeds deeds) {
        this.deeds = deeds;
    }

    HookAnswer answer(FakeInstance instance, HookCall call) {
        var token = call.token().value();
        return switch (call.name()) {
            case DRAIN -> {
                if (!take(token)) {
                    yield older();
                }
                instance.isDraining = !instance.behaves("no-drain");
                yield new HookAnswer.InProgress();
            }
            case DEACTIVATE -> {
                if (!take(token)) {
                    yield older();
                }
                deeds.deactivate(instance);
                yield new HookAnswer.Done();
            }
            case ACTIVATE -> activate(instance, token);
            case REARM -> {
                if (!takeNewer(token)) {
                    yield older();
                }
                isKilled = false;
                yield new HookAnswer.Done();
            }
            case KILL -> {
                isKilled = true;
                deeds.deactivate(instance);
                yield new HookAnswer.Done();
            }
        };
    }

    private HookAnswer activate(FakeInstance instance, long token) {
        if (isKilled) {
            return new HookAnswer.Latched();
        }
        if (token == instance.token && token == highest) {
            return new HookAnswer.Done(); // again: nothing to do, and nothing to begin again
        }
        if (!takeNewer(token)) {
            return older();
        }
        instance.token = token;
        deeds.activate(instance);
        return new HookAnswer.Done();
    }

    private HookAnswer older() {
        return new HookAnswer.OlderToken(highest);
    }

    private boolean take(long token) {
        if (token < highest) {
            return false;
        }
        highest = token;
        return true;
    }

    private boolean takeNewer(long token) {
        return token > highest && take(token);
    }
}
