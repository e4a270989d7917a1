package dev.pitcrew.read.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.read.prometheus.AlertmanagerFormat;
import dev.pitcrew.read.prometheus.MetricsFormat;
import dev.pitcrew.read.prometheus.PrometheusFormat;
import dev.pitcrew.read.proxy.HaproxyFormat;
import dev.pitcrew.read.proxy.NginxFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Broken files of watchers and proxies: pieces cut out, doubled, swapped, or replaced by what means something. `-Dfuzz=N` tries more; the seed of what fails is in the message.
class WatchersFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz", 2000);
    private static final List<Format> FORMATS =
            List.of(
                    new PrometheusFormat(),
                    new AlertmanagerFormat(),
                    new MetricsFormat(),
                    new NginxFormat(),
                    new HaproxyFormat());
    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "\"",
                    "'",
                    "\n",
                    "---\n",
                    ": ",
                    "- ",
                    "[",
                    "]",
                    "(",
                    ")",
                    "{{",
                    "}}",
                    "${",
                    "\\",
                    ";",
                    "#",
                    "|",
                    ">",
                    "&a ",
                    "*a",
                    "\t",
                    "\u0000",
                    "\uD83D",
                    "0",
                    "[5m]",
                    "999999999999y",
                    "by",
                    "-",
                    "include *.conf;",
                    "*",
                    "%");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prometheus.yml",
                "rules.yml",
                "alertmanager.yml",
                "nginx.conf",
                "haproxy.cfg",
                "metrics.py"
            })
    void a_broken_file_never_breaks_its_reader(String name) throws Exception {
        String text = Files.readString(Path.of("src/test/fuzz", name));
        for (int seed = 0; seed < INPUTS; seed++) {
            String broken = broken(text, new Random(seed));
            var sources = new Sources(List.of(new SourceFile(name, broken)));

            assertThat(Surveyor.survey(sources, FORMATS).problems())
                    .as("%s with seed %d", name, seed)
                    .noneMatch(problem -> problem.message().contains("a fault of Pitcrew"));
        }
    }

    @Test
    void long_lines_and_deep_nests_are_read_in_bounded_time() {
        for (String piece : List.of("{", "a {", "\"", "server ", "(a+", "- ", "[", "\\\"", "${")) {
            String long_ = piece.repeat((1 << 19) / piece.length());
            var sources =
                    new Sources(
                            List.of(
                                    new SourceFile("a.conf", "server {\nlisten 1;\n" + long_),
                                    new SourceFile("a.cfg", "frontend a\n  bind :1\n" + long_),
                                    new SourceFile(
                                            "a.yml",
                                            "groups:\n- rules:\n  - alert: a\n    expr: \"a"
                                                    + long_.replace("\"", "x").replace("\\", "y")
                                                    + "\""),
                                    new SourceFile(
                                            "b.yml",
                                            "route:\n  receiver: x\n  routes:\n  - matchers: ['a=\""
                                                    + long_.replace("'", "x")
                                                    + "']\nreceivers: []")));

            var survey =
                    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                            Duration.ofSeconds(20), () -> Surveyor.survey(sources, FORMATS));

            assertThat(survey.problems())
                    .as(piece)
                    .noneMatch(problem -> problem.message().contains("a fault of Pitcrew"));
        }
    }

    private static String broken(String text, Random random) {
        var broken = new StringBuilder(text);
        for (int i = random.nextInt(6); i >= 0 && broken.length() > 2; i--) {
            int from = random.nextInt(broken.length());
            int to = Math.min(broken.length(), from + random.nextInt(20));
            switch (random.nextInt(4)) {
                case 0 -> broken.delete(from, to);
                case 1 -> broken.insert(from, broken.substring(from, to));
                case 2 -> broken.insert(from, PIECES.get(random.nextInt(PIECES.size())));
                default -> broken.setLength(Math.max(1, from));
            }
        }
        return broken.toString();
    }
}
