package dev.pitcrew.assess.support;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Endpoint;
import dev.pitcrew.model.infra.Selections;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Tells what belongs together in a cluster, where one repository holds several overlays with the same names.
public final class Pods {
    /// What format, unit and namespace say is one set of pods.
    private static final Function<Survey, Map<List<String>, Workload>> WORKLOADS = Pods::workloads;

    private static final Function<Survey, Map<List<String>, List<Container>>> CONTAINERS =
            Pods::containers;

    private static final String NAMESPACE = "namespace:";
    private static final String SET = "set:";

    private Pods() {}

    private static Map<List<String>, Workload> workloads(Survey survey) {
        var first = new HashMap<List<String>, Workload>();
        survey.all(Workload.class).forEach(one -> first.putIfAbsent(set(one), one));
        return first;
    }

    private static Map<List<String>, List<Container>> containers(Survey survey) {
        var all = new HashMap<List<String>, List<Container>>();
        survey.all(Container.class)
                .forEach(one -> all.computeIfAbsent(set(one), _ -> new ArrayList<>()).add(one));
        return all;
    }

    /// The workload that a container is part of.
    public static Optional<Workload> workload(Subject subject, Container container) {
        return Optional.ofNullable(subject.survey().once(WORKLOADS).get(set(container)));
    }

    /// The containers of a workload.
    public static List<Container> containers(Subject subject, Workload workload) {
        return subject.survey().once(CONTAINERS).getOrDefault(set(workload), List.of());
    }

    /// The names under which the pods of a container are reached.
    public static List<Endpoint> endpoints(Subject subject, Container container) {
        return workload(subject, container).stream()
                .flatMap(one -> Selections.of(subject.survey()).selecting(one).stream())
                .toList();
    }

    /// The namespace of a container; empty when none is said.
    public static String namespace(Container container) {
        String said = said(container, NAMESPACE);
        return said.isEmpty() ? said : said.substring(NAMESPACE.length());
    }

    /// Whether two containers are started by the same set of files, so that a name means the same to both.
    public static boolean areTogether(Container one, Container other) {
        if (!one.format().equals(other.format())) {
            return false;
        }
        if (!one.format().equals("kubernetes")) {
            return one.unit().equals(other.unit());
        }
        String namespace = said(one, NAMESPACE);
        return namespace.equals(said(other, NAMESPACE))
                && (!namespace.isEmpty() || said(one, SET).equals(said(other, SET)));
    }

    /// Whether two namespaces may be the same.
    public static boolean mayBeSame(String namespace, String other) {
        return namespace.isEmpty() || other.isEmpty() || namespace.equals(other);
    }

    /// Whether a text holds nothing that a template would have filled in.
    public static boolean isKnown(String text) {
        return text.indexOf('‹') < 0;
    }

    /// Whether none of the labels holds something that a template would have filled in.
    public static boolean isKnown(Map<String, String> labels) {
        return labels.entrySet().stream()
                .allMatch(one -> isKnown(one.getKey()) && isKnown(one.getValue()));
    }

    private static List<String> set(Workload workload) {
        return List.of(workload.format(), workload.unit(), workload.namespace());
    }

    private static List<String> set(Container container) {
        return List.of(container.format(), container.unit(), namespace(container));
    }

    /// The first trait that begins with a prefix; empty when there is none, or nothing after it.
    private static String said(Container container, String prefix) {
        var traits = container.traits();
        for (int i = 0; i < traits.size(); i++) { // asked of each pair of containers
            String one = traits.get(i).value();
            if (one.startsWith(prefix)) {
                return one.length() == prefix.length() ? "" : one;
            }
        }
        return "";
    }
}
