package dev.pitcrew;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What no other tool looks at: docs on every public type, sizes, links, and golden files nobody uses.
class TidyTest {
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile(
                    "(?m)^public (?:abstract |final |sealed |non-sealed )*"
                            + "(?:class|record|interface|enum|@interface) (\\w+)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)[^)]*\\)");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^\\s*(\\./[\\w./-]+|bench/[\\w./-]+|tools/[\\w./-]+)");
    private static final Pattern STARTS =
            Pattern.compile(
                    "new (ProcessBuilder|LocalProcesses|DeskUnderTest|SmallDesk|MortalDesk|Stage)\\(|Controller\\.open\\(");
    private static final int LINES_MAX = 500;

    @Test
    void every_public_type_is_documented() throws IOException {
        var bare = new TreeSet<String>();
        for (Path file : files("src/main/java", ".java")) {
            String text = Files.readString(file);
            var type = PUBLIC_TYPE.matcher(text);
            if (type.find()) {
                String[] above = text.substring(0, type.start()).split("\n\n", -1);
                if (!above[above.length - 1].startsWith("///")) {
                    bare.add(file.toString());
                }
            }
        }

        assertThat(bare).isEmpty();
    }

    @Test
    void no_source_file_is_too_long_to_read_at_a_sitting() throws IOException {
        var sources =
                Stream.of("src/main/java", "src/test/java")
                        .map(TidyTest::files)
                        .flatMap(List::stream)
                        .toList();

        assertThat(sources)
                .allSatisfy(
                        file -> assertThat(Files.readAllLines(file)).hasSizeLessThan(LINES_MAX));
    }

    @Test
    void tests_that_start_processes_are_tagged_as_real() {
        var untagged =
                Stream.of("src/test/java", "examples/desk/src/test/java")
                        .map(Path::of)
                        .filter(Files::isDirectory)
                        .flatMap(folder -> files(folder.toString(), "Test.java").stream())
                        .filter(file -> text(file).contains("@Test"))
                        .filter(file -> STARTS.matcher(text(file)).find())
                        .filter(file -> !text(file).contains("@Tag(\"real\")"))
                        .toList();

        assertThat(untagged).isEmpty();
    }

    @Test
    void every_link_in_the_docs_leads_somewhere() throws IOException {
        var broken = new TreeSet<String>();
        for (Path page : files(".", ".md")) {
            var link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains(":") && !Files.exists(page.resolveSibling(target))) {
                    broken.add(page + " -> " + target);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void every_command_in_the_docs_exists() throws IOException {
        var missing = new TreeSet<String>();
        for (Path page : List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"))) {
            var command = COMMAND.matcher(Files.readString(page));
            while (command.find()) {
                if (!Files.isExecutable(Path.of(command.group(1)))) {
                    missing.add(page + ": " + command.group(1));
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void every_golden_file_is_named_by_a_test() throws IOException {
        if (!Files.isDirectory(Path.of("src/test/golden"))) {
            return; // no room has golden files yet
        }
        var tests = new StringBuilder();
        for (Path test : files("src/test/java", ".java")) {
            tests.append(Files.readString(test));
        }

        assertThat(files("src/test/golden", ""))
                .filteredOn(
                        file ->
                                !file.startsWith(
                                        "src/test/golden/checks")) // ChecksTest names them by code
                .allSatisfy(file -> assertThat(tests).contains(file.getFileName().toString()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static List<Path> files(String folder) {
        return files(folder, ".java");
    }

    private static List<Path> files(String folder, String ending) {
        Predicate<Path> ours =
                path -> !path.toString().matches("(.*/)?(target|\\.git|\\.pitcrew)(/.*)?");
        try (var walk = Files.walk(Path.of(folder))) {
            return walk.filter(Files::isRegularFile)
                    .filter(ours)
                    .filter(path -> path.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
