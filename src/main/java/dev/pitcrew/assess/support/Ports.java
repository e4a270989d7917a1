package dev.pitcrew.assess.support;

/// Ports as rules for traffic name them: `22`, `4000-5000`, `22,443`.
public final class Ports {
    /// More ports than this are a range that means no one of them.
    private static final int NARROW_MAX = 20;

    private Ports() {}

    /// Whether a source is the whole internet.
    public static boolean isEveryone(String source) {
        return source.equals("0.0.0.0/0") || source.equals("::/0");
    }

    /// Whether a port is among them.
    public static boolean has(String ports, int port) {
        for (String one : ports.split(",", 100)) {
            int dash = one.indexOf('-');
            int first = number(dash < 0 ? one : one.substring(0, dash));
            int last = number(dash < 0 ? one : one.substring(dash + 1));
            if (first >= 0 && first <= port && port <= last) {
                return true;
            }
        }
        return false;
    }

    /// Whether somebody chose them, rather than all above some number.
    public static boolean isNarrow(String ports) {
        for (String one : ports.split(",", 100)) {
            int dash = one.indexOf('-');
            if (dash > 0
                    && number(one.substring(dash + 1)) - number(one.substring(0, dash))
                            > NARROW_MAX) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text) {
        String digits = text.strip();
        return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
    }
}
