package dev.pitcrew.read;

import static dev.pitcrew.read.Shape.Field.optional;
import static dev.pitcrew.read.Shape.Field.preset;
import static dev.pitcrew.read.Shape.Field.required;
import static dev.pitcrew.read.Shapes.COMMAND;
import static dev.pitcrew.read.Shapes.DURATION;
import static dev.pitcrew.read.Shapes.NAMES;
import static dev.pitcrew.read.Shapes.POSITIVE;
import static dev.pitcrew.read.Shapes.TEXT;
import static dev.pitcrew.read.Shapes.TEXTS;
import static dev.pitcrew.read.Shapes.section;
import static dev.pitcrew.read.Shapes.words;

import dev.pitcrew.model.Canary;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.Hook;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.JudgedMetric;
import dev.pitcrew.model.OnFailure;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Shadow;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.read.Shape.Either;
import dev.pitcrew.read.Shape.Field;
import dev.pitcrew.read.Shape.Listing;
import dev.pitcrew.read.Shape.Named;
import dev.pitcrew.read.Shape.OneWord;
import dev.pitcrew.read.Shape.Section;
import dev.pitcrew.read.Shape.Value;
import dev.pitcrew.read.Shape.Whole;
import java.util.ArrayList;
import java.util.List;

/// The declaration of a service: each key with its type, its preset and one sentence.
final class ServiceSchema {
    private static final Shape PATH = new Value(Kind.PATH);
    private static final Shape SERIES = new Value(Kind.SERIES);

    static final Section SECRET =
            new Section(
                    "Secret",
                    List.of(
                            optional("file", TEXT, "A file whose text is the value."),
                            optional(
                                    "env",
                                    new Value(Kind.VARIABLE),
                                    "A variable of the controller's environment."),
                            optional("command", COMMAND, "A command that prints the value."),
                            optional(
                                    "text",
                                    TEXT,
                                    "Text with secrets in it as ${NAME}: variables of the controller's environment, else of lines."),
                            optional("lines", TEXT, "With text: a file of lines NAME=value.")
                                    .with("text")),
                    List.of("file", "env", "command", "text"));

    static final Section OWNER =
            section(
                    "Owner",
                    required("desk", TEXT, "The desk."),
                    optional("strategy", TEXT, "The trading strategy."));

    private static final Section SINGLE_ACTIVE =
            section(
                    "SingleActive",
                    required(
                            "fence",
                            new Listing(words(Fence.values()), 1),
                            "What keeps an old instance from sending; store is not enough alone."),
                    required(
                            "drain",
                            section(
                                    "Drain",
                                    required(
                                            "policy",
                                            words(DrainPolicy.values()),
                                            "What becomes of open orders."),
                                    required("limit", POSITIVE, "A drain always ends.")),
                            "How the active instance is emptied before another takes over."),
                    preset(
                            "onFailure",
                            words(OnFailure.values()),
                            "person",
                            "Who takes over when the active instance fails."),
                    preset(
                            "hangLimit",
                            POSITIVE,
                            "2s",
                            "Without an answer for so long, or passive for so long though it was activated, it is lost."),
                    preset(
                            "twiceWithin",
                            POSITIVE,
                            "10m",
                            "A second failure within this needs a person."));

    private static final Section PROBE =
            new Section(
                    "Probe",
                    List.of(
                            optional("http", PATH, "GET on the instance's port http."),
                            optional("pointer", PATH, "Where the value stands in the JSON answer.")
                                    .with("http"),
                            optional("metric", TEXT, "A Prometheus metric of /metrics."),
                            optional("sql", TEXT, "A query; the first column of the first row.")
                                    .with("store"),
                            optional("store", new Value(Kind.NAME), "The store that sql asks.")
                                    .with("sql"),
                            optional("command", COMMAND, "A command that prints the value.")),
                    List.of("http", "metric", "sql", "command"));

    private static final Section HOOK =
            new Section(
                    "Hook",
                    List.of(
                            optional("http", PATH, "POST on the instance's port http."),
                            optional("command", COMMAND, "A command; exit code 0 is done."),
                            optional(
                                    "signal",
                                    signals(),
                                    "A signal to the process; it can drain or stop, never activate."),
                            preset("timeout", POSITIVE, "2s", "How long to wait for the answer.")),
                    List.of("http", "command", "signal"));

    private static final Section JUDGED_METRIC =
            new Section(
                    "JudgedMetric",
                    List.of(
                            optional("events", SERIES, "A counter of what is counted."),
                            optional("histogram", SERIES, "A classic histogram of times."),
                            optional("of", SERIES, "What the events are a part of.").with("events"),
                            optional("per", SERIES, "What the events happen for; may be exceeded.")
                                    .with("events"),
                            optional(
                                            "worse",
                                            words(JudgedMetric.Worse.values()),
                                            "Which way it gets worse; left out: more.")
                                    .with("events"),
                            optional(
                                    "margin",
                                    new Value(Kind.MARGIN),
                                    "How much worse does no harm.")),
                    List.of("events", "histogram"));

    private static final Section JUDGE =
            section(
                    "Judge",
                    preset("path", PATH, "/metrics", "Where an instance has its numbers."),
                    optional(
                            "prometheus",
                            section(
                                    "Prometheus",
                                    required("url", new Value(Kind.URL), "The server."),
                                    required(
                                            "labels",
                                            TEXT,
                                            "An instance's series, such as instance=\"${instance}\".")),
                            "A server that has the numbers, in place of the instance."),
                    preset("every", POSITIVE, "1s", "How often the numbers are read."),
                    preset(
                            "past",
                            POSITIVE,
                            "30m",
                            "So much of the old version's past is the baseline, where both can't run at once."),
                    preset(
                            "alpha",
                            new Value(Kind.SHARE),
                            "1%",
                            "Harmless releases of which harm is claimed, at most."),
                    preset(
                            "alphaPass",
                            new Value(Kind.SHARE),
                            "5%",
                            "Harmful releases that pass a metric, at most."),
                    preset(
                            "onInconclusive",
                            new Value(Kind.INCONCLUSIVE),
                            "rollback",
                            "What becomes of a version of which nothing could be shown in time."),
                    preset(
                            "answerLimit",
                            POSITIVE,
                            "30m",
                            "With promote-with-approval: so long a person may take, then it goes back."),
                    optional(
                            "metrics",
                            new Named(Kind.NAME, JUDGED_METRIC),
                            "What is compared; left out: what the role says."),
                    optional(
                            "guards",
                            new Named(Kind.SERIES, new Value(Kind.NUMBER)),
                            "Counters of what must not happen, each with how often it may."));

    private static final Section PART =
            new Section(
                    "Part",
                    List.of(
                            optional("header", TEXT, "The value of this header."),
                            optional("query", TEXT, "The value of this query parameter.")),
                    List.of("header", "query"));

    private static final Section STICKY =
            section(
                    "Sticky",
                    required("key", PART, "Whom a request is from, or what it is about."),
                    optional(
                            "order",
                            PART,
                            "The order that it is about, such as gateway-3.17: it goes to its owner."));

    private static final Section CANARY =
            section(
                    "Canary",
                    required(
                            "shares",
                            new Listing(new Value(Kind.SHARE), 1),
                            "Shares of clients, growing; after the last comes everybody."),
                    preset(
                            "limits",
                            words(Canary.Limits.values()),
                            "none",
                            "How limits and positions hold while two versions run."));

    private static final Section SHADOW =
            section(
                    "Shadow",
                    required(
                            "env",
                            new Named(Kind.VARIABLE, TEXT),
                            "What differs for it; above all where orders go, to a recorder."),
                    preset("limit", POSITIVE, "30m", "It is compared so long at most."),
                    preset(
                            "then",
                            words(Shadow.Then.values()),
                            "handoff",
                            "What follows once it has passed."));

    private static final Section ROLLOUT =
            section(
                    "Rollout",
                    preset(
                            "strategy",
                            words(StrategyName.values()),
                            "stop-start",
                            "How it gets from one version to the next."),
                    preset(
                            "readyLimit",
                            POSITIVE,
                            "30s",
                            "From start to ready, else it is refused."),
                    optional(
                            "hold",
                            section(
                                    "Hold",
                                    preset(
                                            "limit",
                                            POSITIVE,
                                            "3s",
                                            "New requests are held so long.")),
                            "What the balancer does with new requests meanwhile."),
                    preset("bake", DURATION, "1m", "Watched so long before it is done."),
                    preset(
                            "keepWarm",
                            DURATION,
                            "4h",
                            "The last good version stays at least so long."),
                    preset(
                            "batch",
                            new Whole(1, 1000),
                            "1",
                            "How many instances a rolling change replaces at once."),
                    optional("canary", CANARY, "The new version gets a part of the traffic first."),
                    optional("sticky", STICKY, "What of a request decides where it goes."),
                    optional("judge", JUDGE, "How it is judged while it is watched."),
                    optional(
                            "shadow",
                            SHADOW,
                            "The new version runs on the same inputs first, and sends nothing."));

    private static final Section OBJECTIVES =
            section(
                    "Objectives",
                    preset("errors", new Value(Kind.SHARE), "1%", "Requests that may fail."),
                    preset("slow", new Value(Kind.SHARE), "5%", "Requests that may be slow."),
                    preset(
                            "minRequests",
                            new Whole(1, 1_000_000_000),
                            "100",
                            "With fewer requests nothing is judged."));

    private static final Section STATE =
            section(
                    "State",
                    required("writes", TEXT, "The data format it writes."),
                    required("reads", new Listing(TEXT, 1), "The data formats it can read."));

    private static final Section RESTARTS =
            section(
                    "Restarts",
                    preset("limit", new Whole(0, 1000), "3", "Restarts before a person is called."),
                    preset("within", POSITIVE, "10m", "The time in which they are counted."));

    /// What a version may change.
    private static final List<Field> OF_A_VERSION =
            List.of(
                    optional(
                            "command",
                            COMMAND,
                            "The program and its arguments, without a shell; in a container it may be left to the image."),
                    optional(
                            "container",
                            Containers.CONTAINER,
                            "How it runs in a container; with from, Compose says most of it."),
                    optional(
                            "artifact",
                            TEXTS,
                            "Files that make the version, hashed in this order."),
                    optional("configuration", TEXTS, "Files that every instance must read alike."),
                    optional("flags", TEXTS, "Feature flags that every instance must read alike."),
                    optional("env", new Named(Kind.VARIABLE, TEXT), "Environment variables."),
                    optional(
                            "secrets",
                            new Named(Kind.VARIABLE, SECRET),
                            "Environment variables whose values are fetched at start."),
                    optional(
                            "resources",
                            section(
                                    "Resources",
                                    optional(
                                            "memory",
                                            new Value(Kind.SIZE),
                                            "Limit of one instance; the local runtime does not enforce it.")),
                            "What one instance may use."),
                    optional("probes", probes(), "How an instance is observed."),
                    optional("hooks", hooks(), "How an instance is told to do something."),
                    optional("objectives", OBJECTIVES, "Simple limits while baking."),
                    optional("state", STATE, "Data formats, so that a way back is known."));

    /// What an environment may change.
    private static final List<Field> OF_AN_ENVIRONMENT =
            List.of(
                    optional("venues", NAMES, "The venues it is connected to."),
                    preset("replicas", new Whole(1, 1000), "1", "Instances at rest."),
                    optional(
                            "ports",
                            new Named(
                                    Kind.NAME,
                                    new Either(new OneWord(List.of("auto")), new Whole(1, 65_535))),
                            "Where an instance listens; probes and hooks speak to http."),
                    optional("singleActive", SINGLE_ACTIVE, "Only one instance may send."),
                    optional(
                            "reconcile",
                            section(
                                    "Reconcile",
                                    required("ours", source(), "What the service believes."),
                                    required("theirs", source(), "What somebody else saw.")),
                            "Two independent sources of open orders and positions."),
                    optional("rollout", ROLLOUT, "How it changes versions."),
                    optional("restarts", RESTARTS, "How often it is restarted when it dies."),
                    optional("dependsOn", NAMES, "Services that are started before it."));

    static final Section SERVICE = service();

    /// What an environment says to change a service.
    static final Shape CHANGE = Shape.partial(new Section("EnvironmentService", both(), List.of()));

    private ServiceSchema() {}

    private static Section service() {
        var fields = new ArrayList<Field>();
        fields.add(required("role", words(Role.values()), "What it does in the system."));
        fields.add(optional("owner", OWNER, "Whose it is; left out: who owns the system."));
        fields.addAll(both());
        fields.add(
                optional(
                        "versions",
                        new Named(
                                Kind.VERSION,
                                Shape.partial(new Section("Version", OF_A_VERSION, List.of()))),
                        "What a version changes of the above."));
        return new Section("Service", fields, List.of());
    }

    private static List<Field> both() {
        var fields = new ArrayList<>(OF_A_VERSION);
        fields.addAll(OF_AN_ENVIRONMENT);
        return fields;
    }

    private static Section probes() {
        var fields = new ArrayList<Field>();
        fields.add(preset("every", POSITIVE, "500ms", "How often."));
        fields.add(preset("timeout", POSITIVE, "500ms", "Of one probe."));
        fields.add(preset("limit", POSITIVE, "2s", "A fact older than this is unknown."));
        for (ProbeName name : ProbeName.values()) {
            fields.add(optional(name.key(), PROBE, "How this fact is read."));
        }
        return new Section("Probes", fields, List.of());
    }

    private static Section hooks() {
        var fields = new ArrayList<Field>();
        for (HookName name : HookName.values()) {
            fields.add(optional(name.key(), HOOK, "How it is told."));
        }
        return new Section("Hooks", fields, List.of());
    }

    private static Section source() {
        return section(
                "Source",
                optional("service", new Value(Kind.NAME), "Whom to ask; left out: itself."),
                required("http", PATH, "GET on its port http."));
    }

    private static OneWord signals() {
        var names = new ArrayList<String>();
        for (Hook.Signal signal : Hook.Signal.values()) {
            names.add(signal.name());
        }
        return new OneWord(names);
    }
}
