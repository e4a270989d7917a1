package dev.pitcrew.assess;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every check: listed, with a page, a bad example that it alone finds something wrong with, and a good one in which nothing is wrong. `-Dgolden=update` rewrites the golden files and the
/// heads of pages.
class ChecksTest {
    private static final Path PAGES = Path.of("docs/checks");
    private static final Path GOLDEN = Path.of("src/test/golden/checks");
    private static final boolean UPDATE = "update".equals(System.getProperty("golden"));

    static List<Check> checks() {
        return Checks.ALL;
    }

    @Test
    void every_check_is_listed_and_every_code_is_used_once() {
        var classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.pitcrew.assess");
        var written =
                classes.stream()
                        .filter(type -> type.isAssignableTo(Check.class))
                        .filter(type -> !type.isInterface())
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(type -> type.getName())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Checks.ALL)
                .extracting(check -> check.getClass().getName())
                .containsExactlyInAnyOrderElementsOf(written);
        assertThat(Checks.ALL).extracting(check -> check.id().code()).doesNotHaveDuplicates();
        assertThat(Checks.ALL).extracting(check -> check.id().name()).doesNotHaveDuplicates();
        assertThat(Checks.ALL)
                .allSatisfy(
                        check ->
                                assertThat(check.getClass().getPackageName())
                                        .endsWith(
                                                "."
                                                        + check.id()
                                                                .family()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT)));
    }

    @Test
    void no_page_and_no_golden_file_is_left_of_a_check_that_is_gone() throws IOException {
        for (Path folder : List.of(PAGES, GOLDEN)) {
            try (var files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .filteredOn(name -> name.matches("[A-Z0-9]+-[0-9]+\\..*"))
                        .allSatisfy(
                                name ->
                                        assertThat(Checks.of(name.replaceAll("\\..*", "")))
                                                .as(name)
                                                .isPresent());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void a_check_has_a_page_that_says_it_all(Check check) throws IOException {
        Path file = PAGES.resolve(check.id().code() + ".md");
        if (UPDATE) {
            String text = Files.readString(file);
            Files.writeString(
                    file, CheckPage.head(check.id()) + "\n" + text.substring(text.indexOf("## ")));
        }
        String text = Files.readString(file);

        assertThat(text).startsWith(CheckPage.head(check.id()));
        assertThat(CheckPage.parse(text).missing()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void its_bad_example_is_found_by_it_alone_and_its_good_one_by_none(Check check)
            throws IOException {
        var page = CheckPage.parse(Files.readString(PAGES.resolve(check.id().code() + ".md")));
        var bad = assess(page.example("Bad"));
        Path golden = GOLDEN.resolve(check.id().code() + ".txt");
        if (UPDATE) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text(bad));
        }

        assertThat(assess(page.example("Good"))).isEmpty();
        assertThat(bad).isNotEmpty();
        assertThat(bad).allSatisfy(one -> assertThat(one.check()).isEqualTo(check.id()));
        assertThat(text(bad)).isEqualTo(Files.readString(golden));
    }

    private static List<Finding> assess(Map<String, String> files) {
        assertThat(files).as("files of the example").isNotEmpty();
        var sources =
                new Sources(
                        files.entrySet().stream()
                                .map(file -> new SourceFile(file.getKey(), file.getValue()))
                                .toList());
        var assessed = Assess.assess(sources, List.of(), Checks.ALL, LocalDate.EPOCH);
        assertThat(assessed.subject().survey().problems()).isEmpty();
        return assessed.findings();
    }

    private static String text(List<Finding> findings) {
        var text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(
                    "%s %s %s %s: %s%n"
                            .formatted(
                                    finding.check().code(),
                                    finding.severity(),
                                    finding.confidence(),
                                    finding.place(),
                                    finding.what()));
            for (var related : finding.related()) {
                text.append("    %s: %s%n".formatted(related.place(), related.what()));
            }
        }
        return text.toString();
    }
}
