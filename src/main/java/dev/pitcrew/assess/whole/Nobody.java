package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.observability.Alerts;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Targets whose name no container has that runs beside whoever calls them. A configuration that doesn't fit the containers beside it is one cause.
final class Nobody {
    private final Subject subject;
    private final Function<Place, List<Container>> beside;
    private final Map<String, List<Located<Target>>> missing = new LinkedHashMap<>();

    /// @param beside the containers that run beside whoever has a configuration; empty when nobody knows
    Nobody(Subject subject, Function<Place, List<Container>> beside) {
        this.subject = subject;
        this.beside = beside;
    }

    /// Takes it, if it is such a target.
    void take(Located<Target> target) {
        var around = beside.apply(target.place());
        if (!around.isEmpty()
                && target.value().isServiceName()
                && !Hosts.isShared(subject, around)
                && !Hosts.names(around).contains(target.value().host())) {
            missing.computeIfAbsent(target.place().file(), _ -> new ArrayList<>()).add(target);
        }
    }

    /// Tells of those that were taken.
    ///
    /// @param caller in the words of the sentence
    void tell(String caller, Report report) {
        missing.values().forEach(all -> tell(caller, all, report));
    }

    private void tell(String caller, List<Located<Target>> all, Report report) {
        var first = all.getFirst();
        var around = beside.apply(first.place());
        var hosts = all.stream().map(one -> one.value().host()).distinct().toList();
        var draft =
                report.finding(
                                first.place(),
                                "no container that runs beside %s is called %s; there are %s"
                                        .formatted(
                                                caller,
                                                hosts.size() == 1
                                                        ? hosts.getFirst()
                                                        : Alerts.some(hosts),
                                                Alerts.some(List.copyOf(Hosts.names(around)))))
                        .also(around.getFirst().place(), "the containers of this set")
                        .confidence(Confidence.MEDIUM);
        all.stream()
                .skip(1)
                .forEach(one -> draft.also(one.place(), one.value().host() + " is none either"));
    }
}
