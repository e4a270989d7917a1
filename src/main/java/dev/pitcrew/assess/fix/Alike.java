package dev.pitcrew.assess.fix;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Finds the name that somebody meant.
final class Alike {
    private Alike() {}

    /// The only one of some names that is nearly another; empty when several are, or none.
    static Optional<String> one(String name, Collection<String> names) {
        var near = names.stream().distinct().filter(other -> isNear(name, other)).toList();
        return near.size() == 1 ? Optional.of(near.getFirst()) : closest(name, near);
    }

    private static Optional<String> closest(String name, List<String> near) {
        var typed = near.stream().filter(other -> distance(name, other) <= 2).toList();
        return typed.size() == 1 ? Optional.of(typed.getFirst()) : Optional.empty();
    }

    private static boolean isNear(String one, String other) {
        if (one.equals(other)) {
            return false;
        }
        boolean isWithin =
                Math.min(one.length(), other.length()) >= 3
                        && (one.contains(other) || other.contains(one));
        return isWithin || distance(one, other) <= 2 || areOneWordApart(one, other);
    }

    /// `redis-exporter` and `cache-exporter`: as many words, and all but one the same; or one that only ends otherwise, `reconcile` and `reconciliation`.
    private static boolean areOneWordApart(String one, String other) {
        var a = one.split("[-_.:]", -1);
        var b = other.split("[-_.:]", -1);
        if (a.length != b.length) {
            return false;
        }
        int same = 0;
        int begun = 0;
        for (int i = 0; i < a.length; i++) {
            if (a[i].equals(b[i])) {
                same++;
            } else if (shared(a[i], b[i]) >= 6) {
                begun++;
            }
        }
        return (a.length > 1 && same == a.length - 1) || (same + begun == a.length && begun > 0);
    }

    private static int shared(String a, String b) {
        int count = 0;
        while (count < Math.min(a.length(), b.length()) && a.charAt(count) == b.charAt(count)) {
            count++;
        }
        return count;
    }

    /// How many letters have to be put in, taken out or changed; names of a hundred letters at most.
    private static int distance(String a, String b) {
        if (Math.max(a.length(), b.length()) > 100 || Math.abs(a.length() - b.length()) > 2) {
            return Integer.MAX_VALUE;
        }
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(change, Math.min(last[j], now[j - 1]) + 1);
            }
            last = now;
        }
        return last[b.length()];
    }
}
