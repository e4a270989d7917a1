package dev.pitcrew.read;

import static dev.pitcrew.read.Shape.Field.optional;
import static dev.pitcrew.read.Shape.Field.preset;
import static dev.pitcrew.read.Shape.Field.required;
import static dev.pitcrew.read.Shapes.COMMAND;
import static dev.pitcrew.read.Shapes.DURATION;
import static dev.pitcrew.read.Shapes.NAMES;
import static dev.pitcrew.read.Shapes.POSITIVE;
import static dev.pitcrew.read.Shapes.TEXT;
import static dev.pitcrew.read.Shapes.section;
import static dev.pitcrew.read.Shapes.words;

import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Opening;
import dev.pitcrew.model.SequenceNumbers;
import dev.pitcrew.model.StoreKind;
import dev.pitcrew.read.Shape.Either;
import dev.pitcrew.read.Shape.Listing;
import dev.pitcrew.read.Shape.Named;
import dev.pitcrew.read.Shape.OneWord;
import dev.pitcrew.read.Shape.Section;
import dev.pitcrew.read.Shape.Value;
import dev.pitcrew.read.Shape.Whole;
import java.util.List;

/// The declaration of the system file: the one source of its validation, its presets and its JSON Schema.
public final class SystemSchema {
    private static final Section VENUE =
            section(
                    "Venue",
                    required("protocol", TEXT, "Such as FIX.4.4; for people."),
                    required("address", TEXT, "host:port of its order entry."),
                    required(
                            "session",
                            section(
                                    "Session",
                                    required("sender", TEXT, "Our CompID."),
                                    required("target", TEXT, "The venue's CompID.")),
                            "The logon it knows us by."),
                    preset(
                            "cancelOnDisconnect",
                            new Either(new OneWord(List.of("off", "on")), DURATION),
                            "off",
                            "Whether resting orders end with the session; a duration is the grace."),
                    optional("contact", TEXT, "Whom to call when orders may still live."),
                    preset(
                            "sequence",
                            words(SequenceNumbers.Rule.values()),
                            "continues",
                            "Whether the session's numbers go on, or begin with 1 before each day."),
                    optional(
                            "segments",
                            new Listing(new Value(Kind.MARKET), 0),
                            "Calendars of what is traded there: the gate market asks these before a change of a service that sends to it, in place of the environment's."));

    private static final Section STORE =
            section(
                    "Store",
                    required("kind", words(StoreKind.values()), "The kind of database."),
                    required("path", TEXT, "Its file."),
                    optional("usedBy", NAMES, "Services that use it; for people."));

    private static final Section FEED =
            section(
                    "Feed",
                    required("venue", new Value(Kind.NAME), "Whose data it is."),
                    required("lines", new Listing(TEXT, 1), "The redundant lines; for people."),
                    preset(
                            "staleAfter",
                            POSITIVE,
                            "2s",
                            "Without data for so long, it is stale: no change begins while the probe feedAge of a service says more."),
                    optional("usedBy", NAMES, "Services that use it; for people."));

    private static final Section WINDOW =
            section(
                    "Window",
                    required(
                            "days",
                            new Listing(
                                    new OneWord(
                                            List.of(
                                                    "mon", "tue", "wed", "thu", "fri", "sat",
                                                    "sun")),
                                    1),
                            "The days on which it begins."),
                    required("from", new Value(Kind.TIME), "When it begins."),
                    required("to", new Value(Kind.TIME), "When it ends; before from: a day later."),
                    required("zone", new Value(Kind.ZONE), "Whose clock is meant."));

    private static final Section COMMAND_GATE =
            section(
                    "CommandGate",
                    required("command", COMMAND, "A command that prints one number."),
                    required("atMost", new Value(Kind.NUMBER), "The largest number that passes."),
                    preset("timeout", POSITIVE, "5s", "Without a number by then it means no."));

    private static final Section MARKET =
            section(
                    "Market",
                    required(
                            "venues",
                            new Listing(new Value(Kind.MARKET), 1),
                            "Calendars, as `pitcrew market status` lists them."),
                    preset("clear", DURATION, "15m", "How far from every open and close."),
                    preset(
                            "sessions",
                            new OneWord(List.of("avoid", "allow")),
                            "avoid",
                            "Whether a change may begin in session, that far from open and close."),
                    optional(
                            "calendars",
                            TEXT,
                            "Your own calendar file: venues, changes, freezes."));

    private static final Section GATES =
            section(
                    "Gates",
                    optional("clockOffset", POSITIVE, "The largest bound of the clock's error."),
                    optional("killTestedWithin", POSITIVE, "The kill switch was tested within."),
                    preset("diskFree", new Value(Kind.SIZE), "256MiB", "Free where the ledger is."),
                    optional("witnessedWithin", POSITIVE, "A witness saw the ledger within."),
                    optional(
                            "openOrders",
                            new Whole(0, 1_000_000_000),
                            "The most orders that rest when a change begins."),
                    optional("market", MARKET, "When a change may begin, as the markets go."),
                    optional(
                            "commands",
                            new Named(Kind.NAME, COMMAND_GATE),
                            "The system's own gates."));

    private static final Section LEDGER =
            section(
                    "Ledger",
                    preset(
                            "kind",
                            words(Environment.LedgerKind.values()),
                            "sqlite",
                            "A file for one controller, or a database for several."),
                    preset("path", TEXT, "${dir}/ledger.db", "With sqlite: its file."),
                    optional(
                            "url",
                            new Value(Kind.DATABASE),
                            "With postgres: a database of its own, best on another server than the desk's."),
                    optional(
                            "password",
                            ServiceSchema.SECRET,
                            "With postgres: where the user's password is."));

    private static final Section WITNESS =
            new Section(
                    "Witness",
                    List.of(
                            optional("folder", TEXT, "A folder, best on another mount."),
                            optional("ssh", new Value(Kind.SSH), "A folder on another host."),
                            optional("identity", TEXT, "With ssh: its private key's file.")
                                    .with("ssh"),
                            optional("knownHosts", TEXT, "With ssh: the file of its host key.")
                                    .with("ssh"),
                            optional("url", new Value(Kind.URL), "A C2SP witness.").with("key"),
                            optional("key", TEXT, "Its verifier key.").with("url")),
                    List.of("folder", "ssh", "url"));

    private static final Section BACKUP =
            new Section(
                    "Backup",
                    List.of(
                            optional(
                                    "file",
                                    TEXT,
                                    "What is written when a backup is made; of a folder its newest file counts."),
                            optional(
                                    "command",
                                    COMMAND,
                                    "Prints the backup's age in whole seconds."),
                            required("within", POSITIVE, "The greatest age."),
                            preset(
                                    "timeout",
                                    POSITIVE,
                                    "5s",
                                    "Without an age by then it is unknown.")),
                    List.of("file", "command"));

    private static final Section OPENING =
            section(
                    "Opening",
                    optional(
                            "by",
                            new Value(Kind.OPENING),
                            "The controller asks by then on each day on which a venue opens, and raises the alarms when the answer is no."),
                    optional(
                            "venues",
                            new Listing(new Value(Kind.MARKET), 1),
                            "Calendars; else those of the gate market."),
                    optional(
                            "backups",
                            new Named(Kind.NAME, BACKUP),
                            "What tells that data are saved."),
                    optional(
                            "without",
                            new Listing(new OneWord(Opening.ROWS), 0),
                            "Rows that are shown and do not count; never in live."));

    private static final Section ALARM =
            new Section(
                    "Alarm",
                    List.of(
                            optional(
                                    "command",
                                    COMMAND,
                                    "Gets the alarm as JSON on its standard input."),
                            optional("http", new Value(Kind.URL), "Gets it as the body of a POST."),
                            preset("timeout", POSITIVE, "10s", "It has to be taken by then.")),
                    List.of("command", "http"));

    static final Section ENVIRONMENT =
            section(
                    "Environment",
                    preset(
                            "runtime",
                            words(Environment.RuntimeName.values()),
                            "local",
                            "What starts and stops instances."),
                    optional(
                            "engine",
                            TEXT,
                            "With docker: unix:///PATH, tcp://HOST:PORT, ssh://USER@HOST or context:NAME; left out: DOCKER_HOST, or its usual socket."),
                    optional(
                            "engineKeys",
                            EngineMaker.KEYS,
                            "What the engine asks for on the way to it."),
                    optional(
                            "hosts",
                            EngineMaker.HOSTS,
                            "With docker, instead of engine: several machines, over which instances are spread."),
                    required("kind", words(Environment.Kind.values()), "What is at stake."),
                    preset(
                            "balancer",
                            words(Environment.Balancer.values()),
                            "built-in",
                            "What sends traffic to instances; in live haproxy or nginx."),
                    optional(
                            "proxy",
                            ProxyMaker.PROXY,
                            "With haproxy and nginx: where it is, and where clients connect."),
                    required("approval", new Value(Kind.APPROVAL), "Who must agree to a change."),
                    preset("approvalExpires", POSITIVE, "4h", "An approval is void after this."),
                    preset(
                            "reassessWithin",
                            POSITIVE,
                            "3d",
                            "Another person re-assesses an emergency change within this."),
                    preset(
                            "windows",
                            new Either(new OneWord(List.of("always")), new Listing(WINDOW, 1)),
                            "always",
                            "When changes may start."),
                    optional("gates", GATES, "Limits that measurements are held against."),
                    optional("ledger", LEDGER, "Where everything is written down."),
                    optional("witnesses", new Listing(WITNESS, 0), "Who else remembers it."),
                    optional("opening", OPENING, "What has to be so before the day begins."),
                    optional("alarms", new Listing(ALARM, 0), "How a person is called."),
                    optional(
                            "follows",
                            new Value(Kind.NAME),
                            "The environment that a version serves in before it is promoted to this one."),
                    optional(
                            "overrides",
                            new Named(Kind.NAME, ServiceSchema.CHANGE),
                            "What differs here, by service."));

    private static final Section IGNORED =
            section(
                    "Ignored",
                    required(
                            "check",
                            new Value(Kind.CHECK),
                            "Its code; `pitcrew explain` lists them. \"*\" stands for each."),
                    required(
                            "path",
                            TEXT,
                            "Of the files, from this file's folder; * is anything in a folder, ** anything."),
                    optional("until", new Value(Kind.DATE), "The last day; else for good."),
                    required("because", TEXT, "Why it is known and borne."));

    static final Section FROM =
            section(
                    "From",
                    required(
                            "files",
                            new Listing(TEXT, 1),
                            "Just these, the later over the earlier."),
                    optional(
                            "profiles",
                            new Listing(TEXT, 0),
                            "Those that are active; left out: COMPOSE_PROFILES of .env."),
                    optional(
                            "project",
                            TEXT,
                            "Its name; left out: what the files, .env or the folder say."),
                    optional(
                            "without",
                            new Listing(TEXT, 0),
                            "Services that are left to Compose, by their names there."));

    static final Section SYSTEM =
            section(
                    "System",
                    required("system", new Value(Kind.NAME), "The name of the system."),
                    optional(
                            "from",
                            new Either(TEXT, new Either(new Listing(TEXT, 1), FROM)),
                            "A Compose file, with its override where there is one, or just these files: services come from there."),
                    optional(
                            "owner",
                            ServiceSchema.OWNER,
                            "Whom findings and alerts are addressed to, and whose rights count."),
                    optional("site", TEXT, "Where it runs."),
                    preset("host", TEXT, "localhost", "The host its services run on."),
                    optional("venues", new Named(Kind.NAME, VENUE), "Where orders go."),
                    required(
                            "services",
                            new Named(Kind.NAME, ServiceSchema.SERVICE),
                            "The programs of the system."),
                    optional("stores", new Named(Kind.NAME, STORE), "Where services keep data."),
                    optional("feeds", new Named(Kind.NAME, FEED), "Market data."),
                    required(
                            "environments",
                            new Named(Kind.NAME, ENVIRONMENT),
                            "Where and under which rules it runs."),
                    optional(
                            "assess",
                            section(
                                    "Assess",
                                    optional(
                                            "ignore",
                                            new Listing(IGNORED, 0),
                                            "Findings that are known and borne.")),
                            "What `pitcrew assess` is told."));

    private SystemSchema() {}

    /// The JSON Schema of the system file (draft 2020-12), for editors. It is printed without any library, so that it
    /// starts fast.
    public static String json() {
        return new JsonSchema().render(SYSTEM);
    }
}
