import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.read.survey.Repository;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How many known faults the build on the class path finds: those of the example desks, by code, file and line, and that of the bad example of each check's page, by code.
///
/// Arguments: a folder with `examples`, `docs/checks` and `src/test/golden/assess`, which may be of another version than the build.
final class Recall {
    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        for (String desk : List.of("compose-desk", "kubernetes-desk", "bare-metal-desk")) {
            desk(root, desk);
        }
        pages(root.resolve("docs/checks"));
    }

    private static void desk(Path root, String desk) throws Exception {
        var contents = Repository.read(root.resolve("examples").resolve(desk));
        var found =
                Assess.assess(contents.sources(), contents.problems(), Checks.ALL, LocalDate.EPOCH)
                        .findings()
                        .stream()
                        .map(
                                one ->
                                        "%s %s:%d"
                                                .formatted(
                                                        one.check().code(),
                                                        one.place().file(),
                                                        one.place().line()))
                        .collect(Collectors.toSet());
        var known =
                Files.readAllLines(root.resolve("src/test/golden/assess/" + desk + ".txt")).stream()
                        .map(line -> line.split(" ", 5))
                        .map(words -> words[2] + " " + words[3].replaceFirst(":[0-9]+:$", ""))
                        .toList();
        var missed = known.stream().filter(one -> !found.contains(one)).toList();
        System.out.printf(
                "%s: %d of %d known faults%n",
                desk, known.size() - missed.size(), known.size());
        missed.forEach(one -> System.out.println("  missed " + one));
    }

    private static void pages(Path folder) throws Exception {
        var missed = new TreeMap<String, String>();
        int all = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".md")).sorted().toList()) {
                String code = file.getFileName().toString().replace(".md", "");
                var sources =
                        new Sources(
                                CheckPage.parse(Files.readString(file)).example("Bad").entrySet().stream()
                                        .map(one -> new SourceFile(one.getKey(), one.getValue()))
                                        .toList());
                boolean isFound =
                        Assess.assess(sources, List.of(), Checks.ALL, LocalDate.EPOCH).findings().stream()
                                .map(one -> one.check())
                                .map(Check.Id::code)
                                .anyMatch(code::equals);
                all++;
                if (!isFound) {
                    missed.merge(code.replaceFirst("-.*", ""), code.replaceFirst(".*-", ""), (a, b) -> a + " " + b);
                }
            }
        }
        long lost = missed.values().stream().mapToLong(one -> one.split(" ").length).sum();
        System.out.printf("bad examples of pages: %d of %d%n", all - lost, all);
        missed.forEach((family, codes) -> System.out.println("  missed " + family + " " + codes));
    }
}
