package dev.pitcrew.assess.migration;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// How revisions follow each other.
final class Revisions {
    private Revisions() {}

    /// Those of each folder, without those of tests.
    static List<List<Revision>> series(Subject subject) {
        var series = new LinkedHashMap<String, List<Revision>>();
        for (Revision one : subject.all(Revision.class)) {
            if (!Paths.isTest(one.place())) {
                series.computeIfAbsent(one.series(), _ -> new ArrayList<>()).add(one);
            }
        }
        return List.copyOf(series.values());
    }

    /// Those that none follows.
    static List<Revision> heads(List<Revision> series) {
        var followed =
                series.stream()
                        .flatMap(one -> one.parents().stream())
                        .map(Located::value)
                        .collect(Collectors.toSet());
        return series.stream().filter(one -> !followed.contains(one.id())).toList();
    }
}
