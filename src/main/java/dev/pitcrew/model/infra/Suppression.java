package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/// A wish not to be told of one check somewhere.
///
/// In the file itself, in a comment: `pitcrew: ignore CODE until 2027-01-31 because REASON`, for its own line, or for the next one when the comment stands alone;
/// `pitcrew: ignore-file CODE because REASON` for the whole file. Or under `assess.ignore` of pitcrew.yaml, for paths.
///
/// @param place of the wish
/// @param code the check, or `*`
/// @param path of the files that it is for, relative to the repository; `*` stands for anything within a folder, `**` for anything
/// @param line the line that it is for, from 1; empty: all lines
/// @param until the last day on which it holds; empty: for good
/// @param reason why; empty when none was given
public record Suppression(
        Place place,
        String code,
        String path,
        OptionalInt line,
        Optional<LocalDate> until,
        String reason) {
    /// In pitcrew.yaml, in place of a code: every check.
    public static final String ANY = "*";

    /// Whether it is about a check's finding at a place.
    public boolean isAbout(String otherCode, Place where) {
        return (code.equals(otherCode) || code.equals(ANY))
                && (line.isEmpty() || line.getAsInt() == where.line())
                && (path.equals(where.file()) || fits(where.file()));
    }

    /// Whether it still holds on a day.
    public boolean holdsOn(LocalDate day) {
        return until.isEmpty() || !until.get().isBefore(day);
    }

    private boolean fits(String file) {
        return path.indexOf('*') >= 0 && fits(path, 0, file, 0);
    }

    private static boolean fits(String pattern, int p, String file, int f) {
        if (p == pattern.length()) {
            return f == file.length();
        }
        if (pattern.charAt(p) != '*') {
            return f < file.length()
                    && pattern.charAt(p) == file.charAt(f)
                    && fits(pattern, p + 1, file, f + 1);
        }
        boolean crosses = pattern.startsWith("**", p);
        int rest = crosses ? p + 2 : p + 1;
        for (int at = f; at <= file.length(); at++) {
            if (fits(pattern, rest, file, at)) {
                return true;
            }
            if (at < file.length() && file.charAt(at) == '/' && !crosses) {
                return false;
            }
        }
        return false;
    }
}
