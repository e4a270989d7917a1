package dev.pitcrew.ledger;

import java.util.regex.Pattern;

/// What an entry says, and in which version of its form: `rollout-started@1`.
///
/// The ledger keeps and shows types that it doesn't know: they come from a newer release.
///
/// @param name lower-case letters, digits, dots and dashes, beginning with a letter; at most 100 characters
/// @param version from 1
public record EntryType(String name, int version) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,99}");
    private static final Pattern TEXT =
            Pattern.compile("([a-z][a-z0-9.-]{0,99})@([1-9][0-9]{0,8})");

    public EntryType {
        if (!NAME.matcher(name).matches() || version < 1 || version > 999_999_999) {
            throw new IllegalArgumentException("not an entry type: " + name + "@" + version);
        }
    }

    /// @throws IllegalArgumentException when it isn't `name@version`
    public static EntryType parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not an entry type such as order-sent@1: " + text);
        }
        return new EntryType(match.group(1), Integer.parseInt(match.group(2)));
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
