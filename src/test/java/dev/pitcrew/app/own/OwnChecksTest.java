package dev.pitcrew.app.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.app.assess.Assessment;
import dev.pitcrew.app.assess.AssessmentView;
import dev.pitcrew.app.assess.Sarif;
import dev.pitcrew.assess.CheckPage;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read.Bad;
import dev.pitcrew.model.Read.Good;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnChecksTest {
    private static final String COMPOSE =
            """
            services:
              gateway:
                image: docker.io/desk/order-gateway:1.2.3
                environment:
                  TRADING_MODE: live
                  API_TOKEN: abc
                  DB: postgres://u:hunter2@db/x
                command: [run, --api-key=k3y, --mode=live]
                stop_grace_period: 5s
              db:
                image: registry.example/postgres:16.4
            """;

    @TempDir private Path folder;

    @Test
    void the_skeleton_works_and_its_findings_are_like_all_others() throws IOException {
        write("OWN-001", Skeleton.of("OWN-001"));

        var run = assess(COMPOSE);
        var finding = run.findings().getFirst();

        assertThat(OwnExamples.run(checks().getFirst()).faults()).isEmpty();
        assertThat(run.findings()).hasSize(1);
        assertThat(finding.what()).isEqualTo("gateway runs docker.io/desk/order-gateway:1.2.3");
        assertThat(finding.place().toString()).isEqualTo("compose.yaml:2:3");
        assertThat(finding.service()).contains("gateway");
        assertThat(finding.severity())
                .as("high, on a live order path")
                .isEqualTo(Severity.CRITICAL);
        assertThat(CheckPage.of(finding.check()).orElseThrow().missing())
                .containsExactly("Controls");
        assertThat(Sarif.of(run)).contains("\"OWN-001\"", "on the day on which a node is replaced");
        assertThat(AssessmentView.of(run, run.outlook()).json()).contains("\"own checks\"");
    }

    @Test
    void a_comment_suppresses_one_of_its_findings() throws IOException {
        write("OWN-001", Skeleton.of("OWN-001"));

        var run =
                assess(
                        COMPOSE.replace(
                                "  gateway:",
                                "  gateway: # pitcrew: ignore OWN-001 because it moves next week"));

        assertThat(run.findings()).isEmpty();
        assertThat(run.suppressed()).hasSize(1);
        assertThat(run.notes()).isEmpty();
    }

    @Test
    void a_check_sees_the_whole_system() throws IOException {
        write(
                "OWN-002",
                check(
                        "service",
                        "service.duty == 'order entry' && !alerts.exists(a, a.name.contains(service.name))",
                        "'nobody is told when ' + service.name + ' fails'"));

        assertThat(assess(COMPOSE).findings())
                .extracting(one -> one.what())
                .containsExactly("nobody is told when gateway fails");
    }

    @Test
    void all_that_is_wrong_with_all_files_is_told_at_once_each_with_its_place() throws IOException {
        write("OWN-001", "code: TRD-001\nnmae: x\n");
        write(
                "OWN-002",
                check("container", "container.naem == 'x' ||\n  1 +", "container.replicas"));
        write("OWN-003", check("container", "contaner.name == 1", "'x'"));
        write("OWN-004", check("container", "container.name > 1", "container.name"));
        write("OWN-005", check("contaner", "true", "'x'"));
        write("OWN-006", check("container", "true", "'x'").replace("OWN-002", "OWN-001"));
        write("OWN-007", "code: [\n");

        var problems = ((Bad<List<OwnCheck>>) OwnChecks.of(folder)).problems();

        assertThat(problems)
                .extracting(Problem::toString)
                .map(text -> text.replace(folder + "/pitcrew-checks/", ""))
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                "OWN-001.yaml:1:7 code must be a code of your own"))
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .startsWith("OWN-001.yaml:2:1 unknown key 'nmae'")
                                        .contains("did you mean 'name'?"))
                .anySatisfy(one -> assertThat(one).startsWith("OWN-001.yaml:1:1 a check needs say"))
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .startsWith("OWN-002.yaml:11:8 CEL: mismatched input"))
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                "OWN-002.yaml:13:3 must give a text, and gives int"))
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                "OWN-003.yaml:10:3 CEL: undeclared reference to 'contaner'"))
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                "OWN-004.yaml:10:18 CEL: found no matching overload"))
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .startsWith("OWN-005.yaml:8:7 each must be ")
                                        .contains("did you mean 'container'?"))
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .contains(
                                                "OWN-006.yaml:1:1 has the code OWN-001; call the file OWN-001.yaml"))
                .anySatisfy(one -> assertThat(one).startsWith("OWN-007.yaml:"));
    }

    @Test
    void a_check_that_asks_for_what_a_file_does_not_say_says_that_it_can_not_tell()
            throws IOException {
        write("OWN-002", check("container", "container.stopGraceMillis < 10000", "container.name"));

        assertThat(assess(COMPOSE).findings())
                .extracting(one -> one.confidence() + " " + one.what())
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("HIGH gateway"),
                        one ->
                                assertThat(one)
                                        .startsWith("LOW OWN-002 can't tell: ")
                                        .contains("stopGraceMillis"));
    }

    @Test
    void what_is_secret_can_not_be_printed() throws IOException {
        write(
                "OWN-002",
                check(
                        "container",
                        "container.name == 'gateway'",
                        "container.environment['API_TOKEN'] + container.environment['DB'] + container.environment['TRADING_MODE'] + container.command[1] + container.command[2]"));

        assertThat(assess(COMPOSE).findings())
                .extracting(one -> one.what())
                .containsExactly(
                        "‹secret›postgres://‹secret›@db/xlive--api-key=‹secret›--mode=live");
    }

    @Test
    void what_would_run_for_ever_ends_and_says_so() throws IOException {
        write(
                "OWN-002",
                check(
                        "container",
                        "files.all(a, files.all(b, files.all(c, files.all(d, a.lines + b.lines > 0))))",
                        "'x'"));
        var files = new ArrayList<SourceFile>();
        files.add(new SourceFile("compose.yaml", "services: {a: {image: 'x:1'}}\n"));
        for (int i = 0; i < 40; i++) {
            files.add(new SourceFile("f" + i + ".sh", "#!/bin/sh\ntrue\n"));
        }

        var run =
                Assess.assess(
                        new Sources(files), List.of(), List.copyOf(checks()), LocalDate.EPOCH);

        assertThat(run.findings())
                .extracting(one -> one.confidence() + " " + one.what())
                .singleElement()
                .asString()
                .contains("LOW OWN-002 can't tell: ", "budget exceeded");
    }

    @Test
    void an_expression_that_could_double_a_text_for_ever_is_refused() throws IOException {
        String doubling = "['x']" + ".map(a, a + a)".repeat(5) + "[0] == ''";
        write("OWN-002", check("container", doubling, "'x'"));
        write("OWN-003", check("container", "true", "'x'" + " + 'x'".repeat(41)));

        assertThat(((Bad<List<OwnCheck>>) OwnChecks.of(folder)).problems())
                .extracting(Problem::message)
                .containsExactly(
                        "has more than 4 loops or 40 pluses; make two checks of it",
                        "has more than 4 loops or 40 pluses; make two checks of it");
    }

    @Test
    void examples_that_show_nothing_or_too_much_are_faults() throws IOException {
        write("OWN-002", check("container", "true", "'x'").replace("ba: {", "bad: {"));
        write("OWN-003", check("container", "false", "'x'"));

        assertThat(checks().stream().map(OwnExamples::run).map(OwnExamples.Outcome::faults))
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .containsExactly(
                                                "finds something in its good example: compose.yaml:2:3 x"),
                        one -> assertThat(one).containsExactly("finds nothing in its bad example"));
    }

    @Test
    void every_kind_can_be_looked_at_and_every_field_has_the_type_that_it_says()
            throws IOException {
        int number = 100;
        for (var offer : Views.ALL) {
            for (var field : offer.view().fields()) {
                write(
                        "OWN-" + number,
                        check(
                                offer.each(),
                                "has(%s.%s)".formatted(offer.each(), field.name()),
                                "'x'"));
                number++;
            }
        }

        assertThat(OwnChecks.of(folder)).isInstanceOf(Good.class);
        assertThat(number).isGreaterThan(150);
    }

    private static String check(String each, String when, String say) {
        return """
               code: OWN-002
               name: x
               severity: low
               summary: x
               why: x
               do: x
               controls: []
               each: %s
               when: |
                 %s
               say: |
                 %s
               bad: {compose.yaml: "services:\\n  a: {image: 'x:1'}\\n"}
               good: {compose.yaml: "services:\\n  a: {image: 'x:1'}\\n"}
               """
                .formatted(each, when.replace("\n", "\n  "), say);
    }

    private void write(String code, String text) throws IOException {
        Path file = folder.resolve("pitcrew-checks").resolve(code + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                code.equals("OWN-006") ? text : text.replace("code: OWN-002", "code: " + code));
    }

    private List<OwnCheck> checks() throws IOException {
        var read = OwnChecks.of(folder);
        assertThat(read).isInstanceOf(Good.class);
        return ((Good<List<OwnCheck>>) read).document();
    }

    private Assessment assess(String compose) throws IOException {
        var sources = new Sources(List.of(new SourceFile("compose.yaml", compose)));
        return Assess.assess(sources, List.of(), List.copyOf(checks()), LocalDate.EPOCH);
    }
}
