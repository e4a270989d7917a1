package dev.pitcrew.assess.support;

import dev.pitcrew.model.Place;
import java.util.regex.Pattern;

/// Tells by its path what a file is for.
public final class Paths {
    private static final Pattern FOLDER =
            Pattern.compile(
                    "(?i)(?<![^/])(tests?|testing|testdata|test[_-]data|fixtures?|examples?|samples?|mocks?|docs?|spec|e2e|__tests__)/");
    private static final Pattern NAME =
            Pattern.compile("(?i)(test_|conftest).*|.*[._-]test\\.[a-z]+");

    private Paths() {}

    /// Whether it is there for tests, or as an example: its faults may be deliberate.
    public static boolean isTest(Place place) {
        String path = place.file();
        return FOLDER.matcher(path).find() || NAME.matcher(name(path)).matches();
    }

    /// The folder of a file; empty at the top.
    public static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /// The name of a file without its folder.
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
