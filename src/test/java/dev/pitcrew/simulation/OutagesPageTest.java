package dev.pitcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/outages.md and the scenarios tell the same.
class OutagesPageTest {
    private static final Pattern SCENARIO = Pattern.compile("`(OutagesTest|ThreadsTest)\\.(\\w+)`");
    private static final Pattern CLASS = Pattern.compile("`(\\w+Test)`");

    @Test
    void every_scenario_is_on_the_page_and_every_one_on_the_page_exists() throws IOException {
        var written =
                SCENARIO.matcher(page())
                        .results()
                        .map(one -> one.group(1) + "." + one.group(2))
                        .toList();

        assertThat(written).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(written)).isEqualTo(scenarios());
    }

    @Test
    void every_row_has_a_test_or_says_what_it_waits_for() throws IOException {
        var rows =
                page().lines()
                        .filter(line -> line.startsWith("| ") && !line.endsWith("| test |"))
                        .toList();

        assertThat(rows)
                .hasSizeGreaterThan(40)
                .allMatch(row -> row.contains("Test") != row.contains("| waits for "));
    }

    @Test
    void other_tests_on_the_page_exist() throws IOException {
        var names = CLASS.matcher(page()).results().map(one -> one.group(1)).distinct().toList();

        assertThat(names).isNotEmpty().allMatch(OutagesPageTest::isTest);
    }

    private static boolean isTest(String name) {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            return files.anyMatch(file -> file.endsWith(name + ".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Set<String> scenarios() {
        var names = new TreeSet<String>();
        for (var type : List.of(OutagesTest.class, ThreadsTest.class)) {
            Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .forEach(method -> names.add(type.getSimpleName() + "." + method.getName()));
        }
        return names;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/outages.md"));
    }
}
