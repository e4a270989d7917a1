package dev.pitcrew.assess.compose;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/// A circle in depends_on.
public final class WaitForEachOther implements Check {
    private static final Id ID =
            new Id(
                    "CMP-003",
                    "wait-for-each-other",
                    Severity.MEDIUM,
                    "Services wait for each other in a circle, so Compose starts none of them");

    private static String plain(String name) {
        return name.replaceFirst(":(healthy|completed)$", "");
    }

    private static boolean leadsBack(Container from, Map<String, Container> byName) {
        var seen = new HashSet<String>();
        var next = new ArrayList<String>();
        from.dependsOn().forEach(one -> next.add(plain(one.value())));
        while (!next.isEmpty()) {
            String name = next.removeLast();
            if (name.equals(from.name())) {
                return true;
            }
            Container at = byName.get(name);
            if (at != null && seen.add(name)) {
                at.dependsOn().forEach(one -> next.add(plain(one.value())));
            }
        }
        return false;
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        var units = new LinkedHashMap<String, Map<String, Container>>();
        subject.all(Container.class).stream()
                .filter(one -> one.format().equals("compose"))
                .forEach(
                        one ->
                                units.computeIfAbsent(one.unit(), _ -> new LinkedHashMap<>())
                                        .put(one.name(), one));
        for (var byName : units.values()) {
            var circle = byName.values().stream().filter(one -> leadsBack(one, byName)).toList();
            if (!circle.isEmpty()) {
                var first = circle.getFirst();
                var draft =
                        report.finding(
                                        first.dependsOn().getFirst().place(),
                                        "they wait for each other: %s"
                                                .formatted(
                                                        String.join(
                                                                ", ",
                                                                circle.stream()
                                                                        .map(Container::name)
                                                                        .toList())))
                                .about(first);
                circle.stream().skip(1).forEach(one -> draft.also(one.place(), "in the circle"));
            }
        }
    }
}
