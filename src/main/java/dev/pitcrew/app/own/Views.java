package dev.pitcrew.app.own;

import dev.pitcrew.app.own.View.Maker;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.model.infra.Endpoint;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.ProxyRoute;
import dev.pitcrew.model.infra.SchemaChange;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Storage;
import dev.pitcrew.model.infra.Survey.SurveyedFile;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What own checks see. A promise: fields are added, and none is taken away or changed.
final class Views {
    /// A kind of fact that a check can look at one by one, and that all expressions have as a list.
    ///
    /// @param each its word in a check's file, and the variable for the one that is looked at
    /// @param all the variable for all of them
    /// @param place where a finding about one stands
    /// @param about the fact whose service weighs the finding, if it is one
    record Offer<F>(
            String each,
            String all,
            String doc,
            View<Seen<F>> view,
            Function<Subject, List<F>> facts,
            Function<F, Place> place,
            Function<F, Optional<InfraFact>> about) {
        /// One of a kind, ready for an expression.
        record One(Map<String, Object> value, Place place, Optional<InfraFact> about) {}

        /// All of it in a repository, in the order of files.
        List<One> of(Subject subject) {
            return Seen.all(facts.apply(subject), subject).stream()
                    .map(
                            seen ->
                                    new One(
                                            view.of(seen),
                                            place.apply(seen.fact()),
                                            about.apply(seen.fact())))
                    .toList();
        }
    }

    private static final View<Seen<Sketch.Part>> SERVICE =
            new Maker<Seen<Sketch.Part>>("Service")
                    .text("name", "as its files call it", s -> s.fact().name())
                    .text(
                            "duty",
                            "what it seems to do, as `assess` says it: `order entry`, …",
                            s -> s.fact().duty().text())
                    .text(
                            "trading",
                            "`live`, `paper`, `demo`, `test` or `unknown`",
                            s -> Pieces.word(s.fact().trading()))
                    .text("file", "of the first fact", s -> s.fact().place().file())
                    .whole("line", "in it", s -> (long) s.fact().place().line())
                    .build();

    private static final View<Seen<Sketch.Flow>> FLOW =
            new Maker<Seen<Sketch.Flow>>("Flow")
                    .text("from", "name of the service that uses", s -> s.fact().from())
                    .text("to", "name of the other", s -> s.fact().to())
                    .text("what", "`redis`, `http`, `depends on`, …", s -> s.fact().what())
                    .text("file", "that tells so", s -> s.fact().place().file())
                    .whole("line", "in it", s -> (long) s.fact().place().line())
                    .build();

    private static final View<Seen<Storage>> VOLUME =
            Pieces.<Storage>placed("Volume", Storage::place)
                    .text("name", "as its file calls it", s -> s.fact().name())
                    .text(
                            "driver",
                            "`local`, a storage class; may be empty",
                            s -> s.fact().driver())
                    .flag("external", "whether it is made elsewhere", s -> s.fact().isExternal())
                    .build();

    private static final View<Seen<Workload>> WORKLOAD =
            Pieces.<Workload>placed("Workload", Workload::place)
                    .text("kind", "`Deployment`, `StatefulSet`, `CronJob`, …", s -> s.fact().kind())
                    .text("name", "of the object", s -> s.fact().name())
                    .text("namespace", "may be empty", s -> s.fact().namespace())
                    .whole(
                            "replicas",
                            "how many run",
                            s -> s.fact().replicas().map(n -> (long) n.value()).orElse(null))
                    .text("strategy", "`RollingUpdate`, `Recreate`", s -> s.opt(Workload::strategy))
                    .byName("labels", "of its pods", s -> s.fact().labels())
                    .byName(
                            "settings",
                            "`schedule`, `concurrencyPolicy`, `backoffLimit`, …",
                            s ->
                                    Pieces.pairs(
                                            s.fact().settings(),
                                            x -> x.name(),
                                            x -> s.text(x.name(), x.value())))
                    .build();

    private static final View<Seen<Endpoint>> ENDPOINT =
            Pieces.<Endpoint>placed("Endpoint", Endpoint::place)
                    .text("name", "of the object", s -> s.fact().name())
                    .text("namespace", "may be empty", s -> s.fact().namespace())
                    .text("kind", "`ClusterIP`, `LoadBalancer`, …", s -> s.fact().kind())
                    .byName("selector", "labels of the pods", s -> s.fact().selector())
                    .flag(
                            "internal",
                            "whether only the own network reaches its balancer",
                            s -> s.fact().isInternal())
                    .build();

    private static final View<Seen<AlertRule>> ALERT =
            Pieces.<AlertRule>placed("Alert", AlertRule::place)
                    .text("name", "of the alert", s -> s.fact().name())
                    .text("group", "of its group", s -> s.fact().group())
                    .text(
                            "query",
                            "what it asks",
                            s -> s.fact().query().map(q -> q.text()).orElse(null))
                    .texts(
                            "metrics",
                            "that the query names",
                            s -> s.fact().query().map(q -> q.metrics()).orElse(List.of()))
                    .whole(
                            "holdMillis",
                            "how long it must stay true",
                            s -> s.fact().hold().map(d -> d.value().toMillis()).orElse(null))
                    .byName(
                            "labels",
                            "that it gives",
                            s -> Pieces.pairs(s.fact().labels(), Label::name, Label::value))
                    .byName(
                            "annotations",
                            "for people",
                            s -> Pieces.pairs(s.fact().annotations(), Label::name, Label::value))
                    .build();

    private static final View<Seen<ProxyRoute>> ROUTE =
            Pieces.<ProxyRoute>placed("Route", ProxyRoute::place)
                    .text("format", "`nginx`, `haproxy`, …", s -> s.fact().format())
                    .text("path", "empty: all", s -> s.fact().path())
                    .text(
                            "target",
                            "where it passes requests to",
                            s -> s.fact().target().map(t -> t.value().toString()).orElse(null))
                    .flag(
                            "open",
                            "whether others than this machine reach it",
                            s -> s.fact().isOpen())
                    .flag(
                            "tls",
                            "whether each place where it takes requests is encrypted",
                            s -> s.fact().listeners().stream().allMatch(l -> l.isTls()))
                    .byName(
                            "settings",
                            "in force here, in the words of the format",
                            s ->
                                    Pieces.pairs(
                                            s.fact().settings(),
                                            Label::name,
                                            l ->
                                                    s.text(
                                                            l.name(),
                                                            new Located<>(l.value(), l.place()))))
                    .build();

    private static final View<Seen<Jobs.Job>> JOB =
            Pieces.<Jobs.Job>placed("Job", one -> one.job().place())
                    .text("name", "of the job", s -> s.fact().job().name())
                    .text("pipeline", "of its pipeline", s -> s.fact().pipeline().name())
                    .texts(
                            "triggers",
                            "of its pipeline: `push`, `schedule`, …",
                            s ->
                                    s.fact().pipeline().triggers().stream()
                                            .map(t -> t.event())
                                            .toList())
                    .text(
                            "environment",
                            "that it deploys to",
                            s -> s.fact().job().environment().map(Located::value).orElse(null))
                    .flag("manual", "whether someone must start it", s -> s.fact().job().isManual())
                    .flag(
                            "mayFail",
                            "whether its failure doesn't matter",
                            s -> s.fact().job().mayFail().isPresent())
                    .texts(
                            "needs",
                            "jobs that end well before",
                            s -> s.texts(s.fact().job().needs()))
                    .texts("actions", "without their versions", s -> Jobs.actions(s.fact().job()))
                    .texts("programs", "that its commands run", s -> Jobs.programs(s.fact().job()))
                    .build();

    private static final View<SchemaChange> CHANGE =
            new Maker<SchemaChange>("Change")
                    .text("kind", "`drop-column`, `create-index`, …", c -> Pieces.word(c.kind()))
                    .text("table", "without schema, in lower case", SchemaChange::table)
                    .texts(
                            "columns",
                            "that it is about",
                            c -> c.columns().stream().map(x -> x.name()).toList())
                    .flag("concurrent", "of an index: writes go on", SchemaChange::isConcurrent)
                    .build();

    private static final View<Seen<Migration>> MIGRATION =
            Pieces.<Migration>placed("Migration", Migration::place)
                    .text(
                            "series",
                            "the folder of those that follow each other",
                            s -> s.fact().series())
                    .whole("order", "in it, from 0", s -> (long) s.fact().order())
                    .whole("newer", "how many follow it", s -> (long) s.fact().newer())
                    .text(
                            "dialect",
                            "`postgresql`, `mysql`, `sqlite`, `other`, `unknown`",
                            s -> Pieces.word(s.fact().dialect()))
                    .many("changes", CHANGE, "in order", s -> s.fact().changes())
                    .build();

    private static final View<Seen<SystemdUnit>> UNIT =
            Pieces.<SystemdUnit>placed("Unit", SystemdUnit::place)
                    .text("name", "with its ending", s -> s.fact().name())
                    .text(
                            "kind",
                            "`service`, `timer` or `socket`",
                            s -> Pieces.word(s.fact().kind()))
                    .byName(
                            "settings",
                            "the last of each key",
                            s ->
                                    Pieces.pairs(
                                            s.fact().lines(),
                                            l -> l.key(),
                                            l -> s.text(l.key(), l.value())))
                    .build();

    private static final View<Seen<Dependency>> LIBRARY =
            Pieces.<Dependency>placed("Library", Dependency::place)
                    .text("name", "as its registry knows it", s -> s.fact().name())
                    .text("version", "as it is written; may be empty", s -> s.fact().version())
                    .text(
                            "pinning",
                            "`exact`, `range`, `none` or `elsewhere`",
                            s -> Pieces.word(s.fact().pinning()))
                    .build();

    private static final View<Seen<SurveyedFile>> FILE =
            new Maker<Seen<SurveyedFile>>("File")
                    .text("path", "relative to the repository", s -> s.fact().path())
                    .text("format", "that claimed it", s -> s.fact().format())
                    .whole("lines", "at least 1", s -> (long) s.fact().lines())
                    .build();

    /// All of it, in the order of the page.
    static final List<Offer<?>> ALL =
            List.of(
                    new Offer<>(
                            "service",
                            "services",
                            "a part of the system, as `assess` makes it out",
                            SERVICE,
                            s -> s.sketch().services(),
                            Sketch.Part::place,
                            part -> part.facts().stream().findFirst()),
                    new Offer<>(
                            "flow",
                            "flows",
                            "one service uses another",
                            FLOW,
                            s -> s.sketch().flows(),
                            Sketch.Flow::place,
                            _ -> Optional.empty()),
                    fact(
                            "container",
                            "containers",
                            "what Compose, Kubernetes, … start",
                            ContainerView.CONTAINER,
                            Container.class),
                    fact(
                            "volume",
                            "volumes",
                            "a place for data with a name",
                            VOLUME,
                            Storage.class),
                    fact(
                            "workload",
                            "workloads",
                            "what keeps pods running in Kubernetes",
                            WORKLOAD,
                            Workload.class),
                    fact(
                            "endpoint",
                            "endpoints",
                            "a Service of Kubernetes",
                            ENDPOINT,
                            Endpoint.class),
                    fact("unit", "units", "of systemd", UNIT, SystemdUnit.class),
                    fact(
                            "route",
                            "routes",
                            "what a proxy does with one path",
                            ROUTE,
                            ProxyRoute.class),
                    fact(
                            "alert",
                            "alerts",
                            "a rule of Prometheus or Grafana that raises one",
                            ALERT,
                            AlertRule.class),
                    new Offer<>(
                            "job",
                            "jobs",
                            "of a pipeline",
                            JOB,
                            Jobs::of,
                            one -> one.job().place(),
                            one -> Optional.of(one.pipeline())),
                    fact("migration", "migrations", "of a database", MIGRATION, Migration.class),
                    fact(
                            "library",
                            "libraries",
                            "that a part is built with",
                            LIBRARY,
                            Dependency.class),
                    new Offer<>(
                            "file",
                            "files",
                            "that a format claimed",
                            FILE,
                            s -> s.survey().files(),
                            one -> new Place(one.path(), 1, 1),
                            _ -> Optional.empty()));

    private Views() {}

    /// The words for `each:`.
    static List<String> words() {
        return ALL.stream().map(Offer::each).toList();
    }

    private static <F extends InfraFact> Offer<F> fact(
            String each, String all, String doc, View<Seen<F>> view, Class<F> kind) {
        return new Offer<>(
                each, all, doc, view, s -> s.all(kind), InfraFact::place, Optional::<InfraFact>of);
    }
}
