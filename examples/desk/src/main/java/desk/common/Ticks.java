package desk.common;

import java.util.Objects;

/// Work that a scheduler repeats. One that fails is tried again at its next turn: a scheduler drops what throws, without a
/// word, and the process then looks well and does nothing.
public final class Ticks {
    private Ticks() {}

    /// @param name of the work, for the log
    public static Runnable guarded(String name, Runnable work) {
        return new Runnable() {
            private String lastTrouble = "";

            @Override
            public void run() {
                try {
                    work.run();
                    lastTrouble = "";
                } catch (RuntimeException e) {
                    if (!Objects.equals(
                            lastTrouble, e.toString())) { // said once, not at every turn
                        lastTrouble = e.toString();
                        System.out.println(name + " fails and is tried again: " + e);
                    }
                }
            }
        };
    }
}
