package dev.pitcrew.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Which controls each check serves, as data: docs/checks/controls.tsv. `-Dgolden=update` writes the codes of its third column anew.
class ControlsTest {
    private static final Path DATA = Path.of("docs/checks/controls.tsv");

    /// What a desk is audited by, and how a reference to it is written.
    private static final Map<String, String> FRAMEWORKS =
            Map.ofEntries(
                    Map.entry("CIS Docker", "[1-7]\\.[0-9]{1,2}"),
                    Map.entry("CIS Kubernetes", "[1-5](\\.[0-9]{1,2}){1,2}"),
                    Map.entry("PCI DSS 4.0", "[0-9]{1,2}(\\.[0-9]{1,2}){1,3}"),
                    Map.entry("SOX ITGC", "[a-z ]+"),
                    Map.entry("SEC 15c3-5", "\\([a-e]\\)(\\([0-9]\\)(\\([iv]+\\))?)?"),
                    Map.entry("Reg SCI", "100[0-7](\\([a-z0-9]+\\))*"),
                    Map.entry("RTS 6", "Art\\. [0-9]{1,2}(\\([0-9]\\))?"),
                    Map.entry("DORA", "(RTS 2024/1774 )?Art\\. [0-9]{1,2}"),
                    Map.entry("SEC 17a-4", ""),
                    Map.entry("SEC 613", "\\(CAT\\) [a-z ]+"),
                    Map.entry("RTS 24", "Art\\. [0-9]{1,2}"),
                    Map.entry("RTS 25", "Art\\. [0-9]{1,2}"),
                    Map.entry("MiFID II", "Art\\. [0-9]{1,2}(\\([0-9]\\))?"));

    private record Row(String control, String asksFor, List<String> checks) {
        String framework() {
            return FRAMEWORKS.keySet().stream().filter(control::startsWith).findFirst().orElse("");
        }
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(DATA).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(part -> new Row(part[0], part[1], List.of(part[2].split(" "))))
                .toList();
    }

    /// Control to the codes of the checks whose pages name it.
    private static Map<String, Set<String>> named() throws IOException {
        var named = new TreeMap<String, Set<String>>();
        for (Check check : Checks.ALL) {
            String page = Files.readString(Path.of("docs/checks", check.id().code() + ".md"));
            CheckPage.parse(page)
                    .controls()
                    .forEach(
                            one ->
                                    named.computeIfAbsent(one, _ -> new TreeSet<>())
                                            .add(check.id().code()));
        }
        return named;
    }

    @Test
    void the_data_and_the_pages_say_the_same() throws IOException {
        var named = named();
        if ("update".equals(System.getProperty("golden"))) {
            var lines = new ArrayList<>(List.of(Files.readAllLines(DATA).getFirst()));
            for (Row row : rows()) {
                var codes = named.getOrDefault(row.control(), Set.of());
                if (!codes.isEmpty()) {
                    lines.add(
                            String.join(
                                    "\t", row.control(), row.asksFor(), String.join(" ", codes)));
                }
            }
            Files.write(DATA, lines);
        }
        var said = new TreeMap<String, Set<String>>();
        rows().forEach(row -> said.put(row.control(), new TreeSet<>(row.checks())));

        assertThat(said).isEqualTo(named);
    }

    @Test
    void each_reference_is_written_as_its_framework_writes_it_and_says_what_it_asks_for()
            throws IOException {
        assertThat(rows())
                .allSatisfy(
                        row -> {
                            assertThat(row.framework()).as(row.control()).isNotEmpty();
                            assertThat(row.control().substring(row.framework().length()).strip())
                                    .as(row.control())
                                    .matches(FRAMEWORKS.get(row.framework()));
                            assertThat(row.asksFor()).as(row.control()).isNotBlank();
                        });
    }

    @Test
    void every_framework_is_served_and_every_check_serves_one() throws IOException {
        var served = new TreeSet<String>();
        var serving = new TreeSet<String>();
        for (Row row : rows()) {
            served.add(row.framework());
            serving.addAll(row.checks());
        }

        assertThat(served).isEqualTo(new TreeSet<>(FRAMEWORKS.keySet()));
        assertThat(serving)
                .isEqualTo(new TreeSet<>(Checks.ALL.stream().map(one -> one.id().code()).toList()));
    }

    @Test
    void at_least_half_of_all_checks_are_about_trading_or_the_whole_system() {
        long ours =
                Checks.ALL.stream()
                        .filter(
                                one ->
                                        Arrays.asList(Family.TRADING, Family.WHOLE)
                                                .contains(one.id().family()))
                        .count();

        assertThat(ours * 2).isGreaterThanOrEqualTo(Checks.ALL.size());
    }
}
