package dev.pitcrew.bench;

import dev.pitcrew.bench.DockerDesk.Front;
import dev.pitcrew.cli.DemoOperator.Ended;
import dev.pitcrew.runtime.docker.TestingDocker;
import dev.pitcrew.server.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Changes of the gateway in a row on a real Docker engine, behind HAProxy and behind nginx, by Pitcrew and by Compose's own `up -d`, judged
/// by the desk's own audit. Each way has a desk of its own. A change begins once the clients have no backlog of the one before.
///
/// The exit code is 0 only if every rollout of Pitcrew was done and no order of them went wrong; times are reported and don't fail it.
public final class DockerBench {
    private static final List<String> VERSIONS = List.of("2", "3");
    private static final long ROUND_SECONDS = 150;
    private static final int TROUBLES_MAX = 3; // then a way is given up
    private static final long REST_SECONDS = 60;
    private static final int CALM = 10; // a tenth of a second's orders may be unanswered

    private final DockerOptions options;
    private final Optional<Map.Entry<List<String>, String>> compose;
    private final long start = System.nanoTime();

    /// One change.
    private interface Change {
        /// @return why it did not come to a good end; empty when it did
        String go(int round) throws IOException, InterruptedException;
    }

    private DockerBench(DockerOptions options) {
        this.options = options;
        compose = ComposePeer.find(options.compose());
    }

    public static void main(String[] args) throws Exception {
        var options = DockerOptions.of(args);
        var report = new DockerBench(options).run();
        System.out.println(
                options.isJson()
                        ? Api.json().writerWithDefaultPrettyPrinter().writeValueAsString(report)
                        : report.markdown());
        System.exit(
                report.rows().stream()
                                .filter(DockerReport.Row::isOurs)
                                .allMatch(one -> one.way().isClean())
                        ? 0
                        : 1);
    }

    private DockerReport run() throws Exception {
        var rows = new ArrayList<DockerReport.Row>();
        try (var docker = new TestingDocker()) {
            for (var way : options.ways()) {
                switch (way) {
                    case "haproxy", "haproxy-warm" ->
                            rows.add(ours(docker, way, Front.HAPROXY, "handoff"));
                    case "nginx" -> rows.add(ours(docker, way, Front.NGINX, "handoff"));
                    case "stop-start" -> rows.add(ours(docker, way, Front.HAPROXY, "stop-start"));
                    default -> {
                        if (compose.isPresent()) {
                            rows.add(composed(docker, compose.get().getKey()));
                        }
                    }
                }
            }
            return new DockerReport(
                    Runtime.getRuntime().availableProcessors(),
                    options.rate(),
                    docker.engine().version().orThrow().engine(),
                    compose.map(Map.Entry::getValue).orElse("none is installed"),
                    rows);
        }
    }

    private DockerReport.Row ours(TestingDocker docker, String name, Front front, String strategy)
            throws Exception {
        try (var desk = new DockerDesk(docker, docker.socket(), front, strategy)) {
            var seconds = new ArrayList<Double>();
            return row(
                    name,
                    true,
                    desk,
                    strategy.equals("stop-start") ? options.peerRounds() : options.rounds(),
                    seconds,
                    List.of(),
                    round ->
                            rollout(
                                    desk,
                                    name.endsWith("-warm")
                                            ? VERSIONS.get(round % VERSIONS.size())
                                            : desk.fresh(),
                                    seconds));
        }
    }

    private DockerReport.Row composed(TestingDocker docker, List<String> command) throws Exception {
        try (var desk = new DockerDesk(docker, docker.socket(), Front.HAPROXY, "handoff")) {
            var peer = new ComposePeer(desk, command);
            var up = new ArrayList<Double>();
            var done = new ArrayList<Double>();
            try {
                return row(
                        "compose up -d",
                        false,
                        desk,
                        options.peerRounds(),
                        done,
                        up,
                        _ -> {
                            var round = peer.round();
                            up.add(round.upSeconds());
                            done.add(round.doneSeconds());
                            return round.trouble();
                        });
            } finally {
                peer.end();
            }
        }
    }

    private DockerReport.Row row(
            String name,
            boolean isOurs,
            DockerDesk desk,
            int rounds,
            List<Double> seconds,
            List<Double> up,
            Change change)
            throws IOException, InterruptedException {
        var calm = desk.desk().loadFor(options.rate(), options.seconds());
        desk.load(options.rate());
        var ended = 0;
        var troubles = new ArrayList<String>();
        var backlog = new Backlog(desk.desk().folder().resolve("clients"));
        for (int i = 0; i < rounds && troubles.size() < TROUBLES_MAX; i++) {
            var isCalm = backlog.isBelow(Math.max(2, options.rate() / CALM), REST_SECONDS);
            if (!isCalm) {
                tell("%s: clients have a backlog after %d s".formatted(name, REST_SECONDS));
            }
            var trouble = change.go(i);
            if (trouble.isEmpty()) {
                ended++;
            } else {
                troubles.add("round %d: %s".formatted(i + 1, trouble));
            }
            tell("%s %d of %d %s".formatted(name, i + 1, rounds, trouble));
        }
        var way = desk.desk().end(name, rounds, ended, String.join("; ", troubles));
        return new DockerReport.Row(
                isOurs,
                way,
                calm.path("latencyMicros").path("p99").asDouble() / 1_000,
                median(seconds),
                median(up));
    }

    private static double median(List<Double> all) {
        var sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    private static String rollout(DockerDesk desk, String version, List<Double> seconds) {
        String rollout;
        try {
            rollout = desk.operator().deploy(DockerDesk.GATEWAY, version);
        } catch (RuntimeException e) { // it was refused, which ends no bench
            return String.valueOf(e.getMessage());
        }
        var end = desk.operator().ended(rollout, ROUND_SECONDS).orElse(new Ended("no end", ""));
        if (!end.outcome().equals("done")) {
            return end.outcome() + ": " + end.reason();
        }
        if (!desk.operator().whole(DockerDesk.GATEWAY, ROUND_SECONDS)) {
            return "the desk was not whole again";
        }
        seconds.add(end.took().minus(end.watched()).toMillis() / 1_000.0);
        return "";
    }

    private void tell(String text) {
        System.err.printf(
                "%4d s  %s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), text);
    }
}
