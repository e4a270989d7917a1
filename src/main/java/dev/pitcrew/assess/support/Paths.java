package dev.pitcrew.assess.support;

import dev.pitcrew.model.Place;

/// Tells by its path what a file is for.
public final class Paths {
    private Paths() {}

    /// Whether it is there for tests, or as an example: its faults may be deliberate.
    public static boolean isTest(Place place) {
        return place.file()
                .matches(
                        "(?i)(.*/)?(tests?|testing|testdata|test[_-]data|fixtures?|examples?|samples?|mocks?|docs?|spec|e2e|__tests__)/.*|(?i)(.*/)?(test_|conftest)[^/]*|(?i).*[._-]test\\.[a-z]+");
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
