package dev.pitcrew.model.infra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Which workloads the names of a survey select. There may be many of both, so a workload is looked for by one of its labels, once.
public final class Selections {
    private static final Function<Survey, Selections> MADE = Selections::new;

    private final IdentityHashMap<Endpoint, List<Workload>> selected = new IdentityHashMap<>();
    private final IdentityHashMap<Workload, List<Endpoint>> selecting = new IdentityHashMap<>();

    private Selections(Survey survey) {
        var byLabel = new HashMap<Label, List<Workload>>();
        for (Workload one : survey.all(Workload.class)) {
            one.labels()
                    .forEach(
                            (key, value) ->
                                    byLabel.computeIfAbsent(
                                                    new Label(key, value), _ -> new ArrayList<>())
                                            .add(one));
        }
        for (Endpoint one : survey.all(Endpoint.class)) {
            var workloads =
                    Label.oneOf(one.selector()).stream()
                            .flatMap(label -> byLabel.getOrDefault(label, List.of()).stream())
                            .filter(one::selects)
                            .toList();
            selected.put(one, workloads);
            for (Workload workload : workloads) {
                selecting.computeIfAbsent(workload, _ -> new ArrayList<>()).add(one);
            }
        }
    }

    /// Those of a survey.
    public static Selections of(Survey survey) {
        return survey.once(MADE);
    }

    /// The workloads that a name of the survey selects, in order.
    public List<Workload> selected(Endpoint endpoint) {
        return selected.getOrDefault(endpoint, List.of());
    }

    /// The names that select a workload of the survey, in order.
    public List<Endpoint> selecting(Workload workload) {
        return selecting.getOrDefault(workload, List.of());
    }

    private record Label(String key, String value) {
        static List<Label> oneOf(Map<String, String> labels) {
            return labels.entrySet().stream()
                    .limit(1)
                    .map(one -> new Label(one.getKey(), one.getValue()))
                    .toList();
        }
    }
}
