package dev.pitcrew.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// How the words of the model are spelled in files and in output.
public final class Words {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private Words() {}

    /// The constant as files and output spell it: `HAND_OVER` is `hand-over`.
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The constant as a key: `IN_DOUBT` is `inDoubt`.
    static String key(Enum<?> constant) {
        var key = new StringBuilder();
        for (String part : constant.name().split("_", -1)) {
            key.append(
                    key.isEmpty() ? part.substring(0, 1).toLowerCase(Locale.ROOT) : part.charAt(0));
            key.append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return key.toString();
    }

    /// Whether the text may name a system, venue, service, store, feed or environment: it starts with a lower-case
    /// letter, goes on with those, digits and dashes, and has at most 63 characters, as host names do.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static String requireName(String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException("not a name: '" + text + "'");
        }
        return text;
    }

    /// A copy that can't change and keeps the order of the file, which `Map.copyOf` doesn't.
    static <K, V> Map<K, V> inOrder(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
