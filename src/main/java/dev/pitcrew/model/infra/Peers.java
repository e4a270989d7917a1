package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Who answers to which name among containers that are started together.
public final class Peers {
    private final Map<String, Named> byName = new HashMap<>();
    private final Map<String, TreeSet<String>> names = new HashMap<>();

    private static final Function<Survey, Peers> MADE = Peers::made;

    private static final Pattern FIRST_DOT = Pattern.compile("\\..*");

    private Peers() {}

    /// Those of a survey.
    public static Peers of(Survey survey) {
        return survey.once(MADE);
    }

    private static Peers made(Survey survey) {
        var peers = new Peers();
        for (Container one : survey.all(Container.class)) {
            String room = room(one);
            if (one.format().equals("compose")) {
                peers.add(room, one.name(), one);
                one.traits().stream()
                        .map(Located::value)
                        .filter(trait -> trait.startsWith("alias:"))
                        .forEach(trait -> peers.add(room, trait.substring(6), one));
            }
        }
        for (SystemdUnit unit : survey.all(SystemdUnit.class)) {
            unit.process().ifPresent(process -> peers.add(room(process), unit.stem(), process));
        }
        var byUnit = new HashMap<String, List<Container>>();
        for (Container one : survey.all(Container.class)) {
            byUnit.computeIfAbsent(one.unit(), _ -> new ArrayList<>()).add(one);
        }
        var selections = Selections.of(survey);
        for (Endpoint endpoint : survey.all(Endpoint.class)) {
            selections.selected(endpoint).stream()
                    .map(Workload::unit)
                    .distinct()
                    .flatMap(unit -> byUnit.getOrDefault(unit, List.of()).stream())
                    .forEach(one -> peers.add(room(one), endpoint.name(), one));
        }
        return peers;
    }

    private void add(String room, String name, Container container) {
        byName.computeIfAbsent(room + "\n" + name, _ -> new Named()).add(container);
        names.computeIfAbsent(room, _ -> new TreeSet<>()).add(name);
    }

    /// Containers in the order in which they came, each once.
    private static final class Named {
        private final List<Container> inOrder = new ArrayList<>();
        private final Set<Container> all = Collections.newSetFromMap(new IdentityHashMap<>());

        void add(Container container) {
            if (all.add(container)) {
                inOrder.add(container);
            }
        }
    }

    private static String room(Container container) {
        return container.format().equals("compose")
                ? "compose " + container.unit()
                : container.format();
    }

    /// The containers that a container reaches by a name; a Kubernetes name may carry its namespace.
    public List<Container> named(Container from, String host) {
        String room = room(from);
        String name =
                from.format().equals("kubernetes")
                        ? FIRST_DOT.matcher(host).replaceFirst("")
                        : host;
        return List.copyOf(byName.getOrDefault(room + "\n" + name, new Named()).inOrder);
    }

    /// Every name that a container can reach, in order.
    public List<String> names(Container from) {
        return List.copyOf(names.getOrDefault(room(from), new TreeSet<>()));
    }
}
