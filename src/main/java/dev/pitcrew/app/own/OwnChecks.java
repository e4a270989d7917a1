package dev.pitcrew.app.own;

import dev.pitcrew.app.own.Views.Offer;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.read.OwnCheckFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The checks that users keep in the folder `pitcrew-checks` at the top of a repository, each in a file `CODE.yaml`.
public final class OwnChecks {
    /// Where they are kept.
    public static final String FOLDER = "pitcrew-checks";

    private static final int BYTES_MAX = 1 << 16;
    private static final int FILES_MAX = 200;

    private final List<Problem> problems = new ArrayList<>();
    private final List<OwnCheck> checks = new ArrayList<>();
    private final Map<String, Place> codes = new HashMap<>();

    private OwnChecks() {}

    /// Those of a repository, or all problems of all files. Where there are none, nothing of CEL is loaded.
    public static Read<List<OwnCheck>> of(Path repository) throws IOException {
        Path folder = repository.resolve(FOLDER);
        var read = new OwnChecks();
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                read.all(
                        files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                                .sorted()
                                .toList());
            }
        }
        return read.problems.isEmpty()
                ? new Read.Good<>(List.copyOf(read.checks))
                : new Read.Bad<>(read.problems);
    }

    private void all(List<Path> files) throws IOException {
        if (files.size() > FILES_MAX) {
            problem(files.getLast().toString(), "is one too many: there may be " + FILES_MAX);
            return;
        }
        var shared = files.isEmpty() ? null : new Shared(new Cel(), new Facts());
        for (Path file : files) {
            if (shared != null) {
                one(file, shared);
            }
        }
    }

    /// What all of them use.
    private record Shared(Cel cel, Facts facts) {}

    private void one(Path file, Shared shared) throws IOException {
        String name = file.toString().replace('\\', '/');
        if (Files.size(file) > BYTES_MAX) {
            problem(name, "is larger than 64 KiB; a check is not");
            return;
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (MalformedInputException _) {
            problem(name, "is not UTF-8 text");
            return;
        }
        switch (OwnCheckFile.read(name, text, Views.words())) {
            case Read.Bad<OwnCheckFile>(var all) -> problems.addAll(all);
            case Read.Good<OwnCheckFile>(var check) -> add(file, check, shared);
        }
    }

    private void add(Path file, OwnCheckFile check, Shared shared) {
        if (!String.valueOf(file.getFileName())
                .replaceFirst("\\.ya?ml$", "")
                .equals(check.code())) {
            problems.add(
                    new Problem(
                            check.place(),
                            "has the code %s; call the file %s.yaml"
                                    .formatted(check.code(), check.code())));
        }
        Place other = codes.putIfAbsent(check.code(), check.place());
        if (other != null) {
            problems.add(
                    new Problem(
                            check.place(),
                            "has the code %s, which is that of %s"
                                    .formatted(check.code(), other.file())));
        }
        Offer<?> each =
                Views.ALL.stream()
                        .filter(one -> one.each().equals(check.each()))
                        .findFirst()
                        .orElseThrow();
        var when = shared.cel().rule(check.when(), each, true, problems::add);
        var say = shared.cel().rule(check.say(), each, false, problems::add);
        if (when.isPresent() && say.isPresent()) {
            checks.add(new OwnCheck(check, each, when.get(), say.get(), shared.facts()));
        }
    }

    private void problem(String file, String what) {
        problems.add(new Problem(new Place(file, 1, 1), what));
    }
}
