package dev.pitcrew.server;

import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.InstanceLine;
import dev.pitcrew.app.DeskStatus.State;
import dev.pitcrew.app.RolloutView;
import dev.pitcrew.model.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Pitcrew's own numbers as Prometheus reads them.
///
/// @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">text format 0.0.4</a>
final class Metrics {
    static final String ROLLOUTS = "pitcrew_rollouts_total";
    static final String EFFECTS_FAILED = "pitcrew_effects_failed_total";
    static final String INSTANCES_LOST = "pitcrew_instances_lost_total";
    static final String MENDS = "pitcrew_mends_total";
    static final String KILLS = "pitcrew_kills_total";

    /// A family of numbers.
    ///
    /// @param kind `counter` or `gauge`
    record Family(String name, String kind, String told) {}

    /// All of them, in the order in which they are written.
    static final List<Family> ALL =
            List.of(
                    counter(ROLLOUTS, "rollouts that ended, by service and outcome"),
                    gauge("pitcrew_rollouts_underway", "rollouts that are not over, by service"),
                    gauge(
                            "pitcrew_approvals_waiting",
                            "rollouts that wait for somebody's agreement, by service"),
                    gauge(
                            "pitcrew_gates_shut",
                            "gates that hold a rollout up now, by service and gate"),
                    counter(
                            EFFECTS_FAILED,
                            "effects that were not done, or of which nobody knows, by service and effect"),
                    counter(INSTANCES_LOST, "instances that were lost, by service"),
                    counter(MENDS, "courses that the keeper began, by service and purpose"),
                    counter(KILLS, "reports of a kill in the ledger, by service"),
                    gauge("pitcrew_instances", "instances, by service and state"),
                    gauge(
                            "pitcrew_instance_memory_bytes",
                            "resident memory of each instance of this host and all that it started, by service and instance"),
                    gauge(
                            "pitcrew_instance_cpu_seconds",
                            "time on all cores that each used since it began, by service and instance"),
                    gauge(
                            "pitcrew_active_instances",
                            "instances that say that they may send, by single-active service; more than 1 must never be"),
                    gauge("pitcrew_token", "the highest activation token given out, by service"),
                    gauge("pitcrew_killed", "1 while the kill latch is set, by service"),
                    gauge("pitcrew_stuck", "1 while a person is needed, by service"),
                    gauge("pitcrew_frozen", "1 while changes are frozen"),
                    gauge(
                            "pitcrew_reassess_overdue",
                            "emergency changes that nobody has re-assessed in time"),
                    gauge("pitcrew_controller_trouble", "1 while the controller can't work"),
                    gauge(
                            "pitcrew_loop_lag_seconds",
                            "how long ago the loop's last turn ended; at rest up to 0.1"),
                    gauge("pitcrew_ledger_entries", "entries of the ledger"),
                    gauge(
                            "pitcrew_ledger_witness_age_seconds",
                            "how long ago a witness knew all of the ledger; absent while none has since the controller started"),
                    gauge(
                            "pitcrew_balancer_restart_seconds",
                            "how long the balancer was away when it last began again; absent while it has not since the controller started"),
                    gauge("pitcrew_operators", "operators"),
                    gauge("pitcrew_info", "1, with the names of system and environment"));

    private Metrics() {}

    private static Family counter(String name, String told) {
        return new Family(name, "counter", told);
    }

    private static Family gauge(String name, String told) {
        return new Family(name, "gauge", told);
    }

    static String text(Room room, Counts counts, DeskStatus status, List<RolloutView> rollouts) {
        var out = new StringBuilder();
        for (var family : ALL) {
            out.append("# HELP %s %s\n".formatted(family.name(), family.told()));
            out.append("# TYPE %s %s\n".formatted(family.name(), family.kind()));
            values(family.name(), room, counts, status, rollouts)
                    .forEach((labels, value) -> line(out, family.name(), labels, value));
        }
        return out.toString();
    }

    private static Map<Map<String, String>, ? extends Number> values(
            String name, Room room, Counts counts, DeskStatus status, List<RolloutView> rollouts) {
        var values = new LinkedHashMap<Map<String, String>, Number>();
        switch (name) {
            case "pitcrew_rollouts_underway" -> {
                status.services().forEach(one -> values.put(service(one.name()), 0));
                rollouts.stream()
                        .filter(RolloutView::isUnderway)
                        .forEach(one -> add(values, service(one.service())));
            }
            case "pitcrew_approvals_waiting" -> {
                status.services().forEach(one -> values.put(service(one.name()), 0));
                rollouts.stream()
                        .filter(RolloutView::needsApproval)
                        .forEach(one -> add(values, service(one.service())));
            }
            case "pitcrew_gates_shut" ->
                    rollouts.stream()
                            .filter(RolloutView::isUnderway)
                            .forEach(
                                    one ->
                                            one.gates().stream()
                                                    .filter(gate -> !gate.passed())
                                                    .forEach(
                                                            gate ->
                                                                    add(
                                                                            values,
                                                                            labels(
                                                                                    "service",
                                                                                    one.service(),
                                                                                    "gate",
                                                                                    gate.name()))));
            case "pitcrew_instances" ->
                    status.services()
                            .forEach(
                                    one -> {
                                        for (var state : State.values()) {
                                            values.put(
                                                    labels(
                                                            "service",
                                                            one.name(),
                                                            "state",
                                                            Words.of(state)),
                                                    one.instances().stream()
                                                            .filter(it -> it.state() == state)
                                                            .count());
                                        }
                                    });
            case "pitcrew_instance_memory_bytes" -> uses(status, values, InstanceLine::memoryBytes);
            case "pitcrew_instance_cpu_seconds" -> uses(status, values, Metrics::cpuSeconds);
            case "pitcrew_active_instances" ->
                    status.services().stream()
                            .filter(
                                    one ->
                                            room.system()
                                                    .service(one.name())
                                                    .singleActive()
                                                    .isPresent())
                            .forEach(
                                    one ->
                                            values.put(
                                                    service(one.name()),
                                                    one.instances().stream()
                                                            .filter(
                                                                    it ->
                                                                            it.state()
                                                                                    == State.ACTIVE)
                                                            .count()));
            case "pitcrew_token" ->
                    status.services().forEach(one -> values.put(service(one.name()), one.token()));
            case "pitcrew_killed" ->
                    status.services()
                            .forEach(one -> values.put(service(one.name()), bit(one.killed())));
            case "pitcrew_stuck" ->
                    status.services()
                            .forEach(
                                    one ->
                                            values.put(
                                                    service(one.name()), bit(one.stuck() != null)));
            case "pitcrew_frozen" -> values.put(Map.of(), bit(status.freeze() != null));
            case "pitcrew_reassess_overdue" ->
                    values.put(
                            Map.of(),
                            status.toReassess().stream()
                                    .filter(DeskStatus.Emergency::isOverdue)
                                    .count());
            case "pitcrew_controller_trouble" ->
                    values.put(Map.of(), bit(!status.controller().trouble().isEmpty()));
            case "pitcrew_loop_lag_seconds" ->
                    values.put(Map.of(), seconds(room.loop().sinceTurn()));
            case "pitcrew_ledger_entries" -> values.put(Map.of(), status.ledger().entries());
            case "pitcrew_ledger_witness_age_seconds" ->
                    room.status()
                            .get()
                            .witnessed()
                            .ifPresent(
                                    at ->
                                            values.put(
                                                    Map.of(),
                                                    seconds(Duration.between(at, status.at()))));
            case "pitcrew_balancer_restart_seconds" ->
                    room.status()
                            .get()
                            .balancerRestart()
                            .ifPresent(took -> values.put(Map.of(), seconds(took)));
            case "pitcrew_operators" -> values.put(Map.of(), status.operators().size());
            case "pitcrew_info" ->
                    values.put(
                            labels("environment", status.environment(), "system", status.system()),
                            1);
            default -> values.putAll(counts.of(name));
        }
        return values;
    }

    private static void uses(
            DeskStatus status,
            Map<Map<String, String>, Number> values,
            Function<InstanceLine, @Nullable Number> of) {
        for (var service : status.services()) {
            for (var one : service.instances()) {
                var use = of.apply(one);
                if (use != null) {
                    values.put(labels("service", service.name(), "instance", one.name()), use);
                }
            }
        }
    }

    private static @Nullable Double cpuSeconds(InstanceLine one) {
        var millis = one.cpuMillis();
        return millis == null ? null : seconds(Duration.ofMillis(millis));
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis()) / 1000.0;
    }

    private static int bit(boolean fact) {
        return fact ? 1 : 0;
    }

    private static void add(Map<Map<String, String>, Number> values, Map<String, String> labels) {
        values.merge(labels, 1L, (a, b) -> a.longValue() + b.longValue());
    }

    private static Map<String, String> service(String name) {
        return Map.of("service", name);
    }

    private static Map<String, String> labels(String a, String x, String b, String y) {
        var both = new LinkedHashMap<String, String>();
        both.put(a, x);
        both.put(b, y);
        return both;
    }

    private static void line(
            StringBuilder out, String name, Map<String, String> labels, Number value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append(
                    labels.entrySet().stream()
                            .map(one -> one.getKey() + "=\"" + escaped(one.getValue()) + "\"")
                            .collect(Collectors.joining(",", "{", "}")));
        }
        out.append(' ').append(value).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
