package dev.pitcrew.runtime.balancer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Which side of a canary a key is on. Each key has a place from 0 to 1 for ever, and the canary has those below its share: so a share that
/// grows takes keys from the old side and gives none back.
public final class Sides {
    private static final double SPAN = 0x1p52;
    private static final int DIGITS = 13; // 52 bits, which a double holds exactly

    private Sides() {}

    /// Whether a key is among those that a share gets.
    public static boolean isCanary(String service, String key, double share) {
        return place(service, key) < share;
    }

    /// The first 52 bits of the SHA-256 of service and key. By service, so that it is not the same clients who try everything first.
    private static double place(String service, String key) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((service + "\n" + key).getBytes(StandardCharsets.UTF_8));
            var first = HexFormat.of().formatHex(digest).substring(0, DIGITS);
            return Long.parseLong(first, 16) / SPAN;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Whose order it is, by an id such as `gateway-3.17`; empty when the id names nobody.
    static String owner(String order) {
        var dot = order.indexOf('.');
        return dot < 0 ? "" : order.substring(0, dot);
    }
}
