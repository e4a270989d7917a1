package dev.pitcrew.read.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitFile;
import dev.pitcrew.model.infra.Trading;
import dev.pitcrew.read.survey.Sketcher;
import dev.pitcrew.read.survey.TestingSurvey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What units say, where, and what of it holds in the end.
class SystemdFormatTest {
    private static final String GATEWAY =
            """
            [Unit]
            After=network.target feed.service
            Requires=postgresql.service

            [Service]
            User=desk
            WorkingDirectory=/opt/desk
            EnvironmentFile=-/opt/desk/config/live.env
            Environment=TRADING_MODE=live "NOTE=two words"
            ExecStartPre=-/opt/desk/bin/fence.sh
            ExecStart=/opt/desk/venv/bin/python \\
                gateway.py --port 9000
            TimeoutStopSec=1min 30s
            Restart=always

            [Install]
            WantedBy=multi-user.target
            """;

    private static SystemdUnit unit(Survey survey, String name) {
        return survey.all(SystemdUnit.class).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_service_is_a_process_like_that_of_a_container() {
        var survey =
                TestingSurvey.of(
                        "deploy/gateway.service",
                        GATEWAY,
                        "bin/fence.sh",
                        "#!/bin/sh\n",
                        "config/live.env",
                        "LIMIT=10\n");
        var unit = unit(survey, "gateway.service");
        var process = unit.process().orElseThrow();

        assertThat(process.name()).isEqualTo("gateway");
        assertThat(process.place()).isEqualTo(new Place("deploy/gateway.service", 11, 1));
        assertThat(process.command())
                .extracting(one -> one.value())
                .containsExactly("/opt/desk/venv/bin/python", "gateway.py", "--port", "9000");
        assertThat(process.environment())
                .extracting(EnvVariable::name)
                .containsExactly("LIMIT", "TRADING_MODE", "NOTE");
        assertThat(process.variable("NOTE").orElseThrow().value()).isEqualTo("two words");
        assertThat(process.stopGrace().orElseThrow().value()).isEqualTo(Duration.ofSeconds(90));
        assertThat(process.restart().orElseThrow().value()).isEqualTo("always");
        assertThat(process.user().orElseThrow().place())
                .isEqualTo(new Place("deploy/gateway.service", 6, 6));
        assertThat(process.dependsOn())
                .extracting(one -> one.value())
                .containsExactly("postgresql", "feed");
        assertThat(unit.commands("ExecStartPre"))
                .extracting(ShellCommand::place)
                .containsExactly(new Place("deploy/gateway.service", 10, 15));
        assertThat(unit.runs()).extracting(one -> one.mayFail()).containsExactly(true, false);
        assertThat(unit.isInstalled()).isTrue();
    }

    @Test
    void the_sketch_knows_what_it_does_and_with_what_it_trades() {
        var survey = TestingSurvey.of("deploy/gateway.service", GATEWAY);
        var sketch = Sketcher.sketch(survey);
        var part = sketch.of(unit(survey, "gateway.service")).orElseThrow();

        assertThat(part.duty()).isEqualTo(Duty.ORDER_ENTRY);
        assertThat(part.trading()).isEqualTo(Trading.LIVE);
    }

    @Test
    void where_the_repository_lies_on_the_host_is_told_by_the_files_that_are_found() {
        var survey =
                TestingSurvey.of("deploy/gateway.service", GATEWAY, "bin/fence.sh", "#!/bin/sh\n");

        assertThat(unit(survey, "gateway.service").files())
                .extracting(UnitFile::inside, UnitFile::isThere)
                .containsExactly(
                        tuple("config/live.env", false),
                        tuple("bin/fence.sh", true),
                        tuple("gateway.py", false));
    }

    @Test
    void a_drop_in_adds_and_an_empty_line_takes_back() {
        var survey =
                TestingSurvey.of(
                        "a.service",
                        "[Service]\nExecStart=/bin/old\nRestart=no\n",
                        "a.service.d/live.conf",
                        "[Service]\nExecStart=\nExecStart=/bin/new\nRestart=always\n");
        var unit = unit(survey, "a.service");

        assertThat(unit.commands("ExecStart"))
                .extracting(ShellCommand::text)
                .containsExactly("/bin/new");
        assertThat(unit.last("Restart").orElseThrow().place())
                .isEqualTo(new Place("a.service.d/live.conf", 4, 9));
    }

    @Test
    void a_timer_names_what_it_starts_or_has_its_name() {
        var survey =
                TestingSurvey.of(
                        "a.timer",
                        "[Timer]\nOnCalendar=Mon..Fri 15:45 America/New_York\n",
                        "b.timer",
                        "[Timer]\nOnCalendar=daily\nUnit=c.service\n");

        assertThat(survey.all(SystemdUnit.class))
                .extracting(SystemdUnit::starts)
                .containsExactly("a.service", "c.service");
        assertThat(survey.all(SystemdUnit.class))
                .allSatisfy(one -> assertThat(one.process()).isEmpty());
    }

    @Test
    void what_is_no_line_of_a_unit_is_a_problem_with_its_place_and_the_rest_is_read() {
        var survey =
                TestingSurvey.of(
                        "a.service", "[Service]\nExecStart=/bin/a\nthis is none\nUser=desk\n");

        assertThat(survey.problems())
                .containsExactly(
                        new Problem(
                                new Place("a.service", 3, 1),
                                "is neither a section nor KEY=VALUE, so systemd ignores it"));
        assertThat(unit(survey, "a.service").last("User")).isPresent();
    }

    @Test
    void a_unit_that_a_script_writes_is_read_at_its_place_in_the_script() {
        var survey =
                TestingSurvey.of(
                        "install.sh",
                        """
                        #!/bin/bash
                        sudo tee /etc/systemd/system/trader.service > /dev/null << 'EOF'
                        [Service]
                        ExecStart=$DIR/venv/bin/python trader.py
                        Restart=always
                        EOF
                        cat > /etc/systemd/system/trader.timer <<EOF
                        [Timer]
                        OnCalendar=daily
                        EOF
                        echo done
                        """);

        assertThat(survey.all(SystemdUnit.class))
                .extracting(one -> one.name() + " " + one.place())
                .containsExactly("trader.service install.sh:4:1", "trader.timer install.sh:9:1");
        assertThat(unit(survey, "trader.service").last("Restart").orElseThrow().place())
                .isEqualTo(new Place("install.sh", 5, 9));
        assertThat(survey.problems()).isEmpty();
    }

    @Test
    void spans_are_read_as_systemd_writes_them() {
        assertThat(List.of("90", "1min 30s", "2h", "500ms", "1w"))
                .extracting(text -> SystemdUnit.span(text).orElseThrow())
                .containsExactly(
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(90),
                        Duration.ofHours(2),
                        Duration.ofMillis(500),
                        Duration.ofDays(7));
        assertThat(List.of("infinity", "0", "", "soon", "5 parsecs"))
                .allSatisfy(text -> assertThat(SystemdUnit.span(text)).as(text).isEmpty());
    }
}
