package dev.pitcrew.model;

import java.util.regex.Pattern;

/// The name of a service's version. It becomes part of file names, so it can't lead elsewhere.
///
/// @param name letters, digits, dots, dashes, underscores and pluses, starting with a letter or digit; at most 64
public record Version(String name) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

    public Version {
        if (!isVersion(name)) {
            throw new IllegalArgumentException("not a version: '" + name + "'");
        }
    }

    /// Whether the text can name a version.
    public static boolean isVersion(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
