package dev.pitcrew.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How long rollouts take, and how much of that the new version is watched, by the times of their entries.
final class DemoTimes {
    private static final Set<String> WATCHING = Set.of("bake", "compare");

    private final Map<String, Instant> planned = new HashMap<>(); // by rollout
    private final Map<String, Instant> ended = new HashMap<>();
    private final Map<String, Duration> watched = new HashMap<>();
    private final Map<String, List<String>> steps = new HashMap<>(); // by course
    private final Map<String, Instant> begun = new HashMap<>(); // of the step underway

    /// Takes in an entry, in their order.
    void saw(String type, JsonNode body) {
        var at = body.path("at").asText();
        if (type.startsWith("rollout.planned@")) {
            planned.put(body.path("rollout").asText(), Instant.parse(at));
        } else if (type.startsWith("rollout.started@")) {
            started(body.path("course"), Instant.parse(at));
        } else if (type.startsWith("step.taken@")) {
            taken(body.path("course").asText(), body.path("index").asInt(), Instant.parse(at));
        } else if (type.startsWith("rollout.finished@")) {
            ended.put(body.path("rollout").asText(), Instant.parse(at));
        }
    }

    private void started(JsonNode course, Instant at) {
        var kinds = new ArrayList<String>();
        course.path("steps").forEach(step -> kinds.add(step.path("kind").asText()));
        steps.put(course.path("id").asText(), kinds);
        begun.put(course.path("id").asText(), at);
    }

    private void taken(String course, int index, Instant at) {
        var kinds = steps.getOrDefault(course, List.of());
        var since = begun.put(course, at);
        if (since != null && index < kinds.size() && WATCHING.contains(kinds.get(index))) {
            var rollout = course.substring(0, course.indexOf('/'));
            watched.merge(rollout, Duration.between(since, at), Duration::plus);
        }
    }

    /// From the plan to the end.
    Duration took(String rollout) {
        var from = planned.get(rollout);
        var to = ended.get(rollout);
        return from == null || to == null ? Duration.ZERO : Duration.between(from, to);
    }

    Duration watched(String rollout) {
        return watched.getOrDefault(rollout, Duration.ZERO);
    }
}
