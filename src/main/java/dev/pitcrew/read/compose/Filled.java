package dev.pitcrew.read.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Text of a Compose file in which `.env` is filled in, and what it leaves open is marked: variables of whoever starts it, and secrets.
///
/// @param text with marks
record Filled(String text) {
    private static final char OPEN = '\uE000';
    private static final char SECRET = '\uE001';
    private static final char CLOSE = '\uE002';
    private static final Pattern MARK = Pattern.compile("([\uE000\uE001])([^\uE002]*)\uE002");

    static String mark(String name, boolean isSecret) {
        return (isSecret ? SECRET : OPEN) + name + CLOSE;
    }

    boolean isOpen() {
        return MARK.matcher(text).find();
    }

    boolean hasSecret() {
        return text.indexOf(SECRET) >= 0;
    }

    /// The names that are left open, secrets included.
    List<String> names() {
        var names = new ArrayList<String>();
        var mark = MARK.matcher(text);
        while (mark.find()) {
            names.add(mark.group(2));
        }
        return names;
    }

    /// Whether it has a `${` that Compose hands over as it is, and that a system file can't say.
    boolean hasBrace() {
        return text.contains("${");
    }

    /// With variables of the controller's environment in place of what is open.
    String ofController() {
        return MARK.matcher(text).replaceAll("\\${env.$2}");
    }

    /// With the bare names in place of what is open, as the text of a secret has them.
    String ofSecret() {
        return MARK.matcher(text).replaceAll("\\${$2}");
    }
}
