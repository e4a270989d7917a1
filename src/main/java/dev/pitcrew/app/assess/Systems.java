package dev.pitcrew.app.assess;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Flow;
import dev.pitcrew.model.infra.Sketch.Part;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.read.survey.Project;
import dev.pitcrew.read.survey.Project.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The systems of a repository, and which of them it is about: its own, where it has one; else those that it shows.
final class Systems {
    private final Survey survey;
    private final Map<Project, Subject> all = new HashMap<>();
    private final List<Project> order = new ArrayList<>();

    Systems(Survey survey) {
        this.survey = survey;
    }

    void add(Project project, Subject subject) {
        order.add(project);
        all.put(project, subject);
    }

    /// Those to show.
    List<Subject> shown() {
        return projects().stream().flatMap(this::of).toList();
    }

    private List<Project> projects() {
        var own = order.stream().filter(one -> one.kind() == Kind.OWN || isMany(one)).toList();
        boolean hasOwn =
                own.stream().flatMap(this::of).anyMatch(one -> !one.sketch().services().isEmpty());
        return hasOwn ? own : order;
    }

    private static boolean isMany(Project one) {
        return one.kind() == Kind.ONE_OF_MANY;
    }

    private Stream<Subject> of(Project project) {
        return Stream.ofNullable(all.get(project));
    }

    /// All facts, and the systems to show as one sketch.
    Subject whole() {
        var names = new HashMap<String, Integer>();
        for (Subject one : shown()) {
            one.sketch().services().forEach(part -> names.merge(part.name(), 1, Integer::sum));
        }
        var services = new ArrayList<Part>();
        var flows = new ArrayList<Flow>();
        var feeds = new ArrayList<Located<String>>();
        for (Project project : projects()) {
            UnaryOperator<String> naming =
                    name ->
                            names.getOrDefault(name, 1) == 1 || project.root().isEmpty()
                                    ? name
                                    : project.root() + "/" + name;
            of(project)
                    .map(Subject::sketch)
                    .forEach(
                            sketch -> {
                                sketch.services()
                                        .forEach(part -> services.add(named(part, naming)));
                                sketch.flows().forEach(flow -> flows.add(named(flow, naming)));
                                feeds.addAll(sketch.feeds());
                            });
        }
        services.sort((a, b) -> a.name().compareTo(b.name()));
        return new Subject(survey, new Sketch(services, flows, feeds), false);
    }

    private static Part named(Part part, UnaryOperator<String> naming) {
        return new Part(
                naming.apply(part.name()),
                part.duty(),
                part.because(),
                part.trading(),
                part.tradingBecause(),
                part.place(),
                part.facts());
    }

    private static Flow named(Flow flow, UnaryOperator<String> naming) {
        return new Flow(
                naming.apply(flow.from()), naming.apply(flow.to()), flow.what(), flow.place());
    }
}
