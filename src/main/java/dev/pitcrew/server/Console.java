package dev.pitcrew.server;

import dev.pitcrew.app.KillOrder;
import dev.pitcrew.app.KillReport;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.server.Sessions.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The console: pages for people, made here whole, that update themselves where the browser runs our one script. [Pages] says what stands
/// on them.
///
/// | request | answer |
/// |---|---|
/// | `GET /` | the desk |
/// | `GET /rollouts`, `/rollouts/ID`, `/ledger`, `/ledger/N`, `/day`, `/operators` | as the names say |
/// | `GET /login`, `POST /login`, `POST /logout` | a session begins and ends |
/// | `POST /act` | something is done for an operator, by a form of his own |
/// | `GET /stream` | news, as `/v1/stream` |
final class Console {
    private static final Map<String, String> FILES =
            Map.of(
                    "/console.css",
                    "text/css; charset=utf-8",
                    "/console.js",
                    "text/javascript; charset=utf-8",
                    "/icon.svg",
                    "image/svg+xml");
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final int NOT_ALLOWED = 403;
    private static final int REASON_MAX = 500;

    private final Room room;
    private final Views views;
    private final Acts acts;
    private final Sessions sessions;
    private final Operators operators;
    private final Asker.Place place;
    private final InstantSource clock;

    Console(
            Room room,
            Views views,
            Acts acts,
            Sessions sessions,
            Operators operators,
            Asker.Place place,
            InstantSource clock) {
        this.room = room;
        this.views = views;
        this.acts = acts;
        this.sessions = sessions;
        this.operators = operators;
        this.place = place;
        this.clock = clock;
    }

    /// Whose session it is; empty when it is nobody's, or that of somebody whose token is not good any more.
    Optional<Asker> asker(ConsoleRequest request) {
        var now = clock.instant();
        return Optional.ofNullable(request.cookies().get(cookie(request)))
                .flatMap(key -> sessions.find(key, now, !request.isLook()))
                .flatMap(
                        session ->
                                operators
                                        .still(session.operator(), session.token())
                                        .filter(one -> one.grant().isValid(now))
                                        .map(one -> new Asker(one, Optional.of(session), place)));
    }

    /// @param wrong what to say of a wrong token
    Answer answer(ConsoleRequest request, Optional<Asker> asker, Supplier<Refusal> wrong)
            throws IOException {
        try {
            return answered(request, asker, wrong);
        } catch (Refusal e) {
            var pages = new Pages(place, views);
            return page(
                    e.status(),
                    asker.map(one -> pages.of(one, clock.instant()))
                            .orElse(pages)
                            .refused(e.body()));
        }
    }

    private Answer answered(ConsoleRequest request, Optional<Asker> asker, Supplier<Refusal> wrong)
            throws IOException {
        if (FILES.containsKey(request.path()) && isReading(request)) {
            return file(request.path());
        }
        if (request.method().equals("POST")) {
            return posted(request, asker, wrong);
        }
        if (!isReading(request)) {
            throw new Refusal(405, "not-this-way", "pages are got, and forms are posted", "");
        }
        if (asker.isEmpty()) {
            return request.path().equals("/login")
                    ? page(200, new Pages(place, views).login(""))
                    : Answer.seeOther("/login", Map.of());
        }
        var one = asker.get();
        one.demand(Right.READ, clock.instant());
        one.session().filter(it -> !it.said().isEmpty() && !request.isLook()).ifPresent(this::told);
        var pages = new Pages(place, views).of(one, clock.instant());
        return switch (request.path()) {
            case "/" -> page(200, pages.desk());
            case "/rollouts" -> page(200, pages.rollouts());
            case "/ledger" ->
                    page(
                            200,
                            pages.ledger(
                                    request.query()
                                            .number("before", 0, Long.MAX_VALUE, Long.MAX_VALUE)));
            case "/day" -> page(200, pages.startOfDay());
            case "/operators" -> page(200, pages.operators(operators.listed()));
            case "/login" -> Answer.seeOther("/", Map.of());
            case "/favicon.ico" -> file("/icon.svg");
            default -> one(request.path(), pages);
        };
    }

    private static boolean isReading(ConsoleRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private Answer one(String path, Pages pages) {
        if (path.matches("/rollouts/r[0-9]{1,12}")) {
            var name = path.substring("/rollouts/".length());
            return views.rollouts().stream()
                    .filter(one -> one.rollout().equals(name))
                    .findFirst()
                    .map(one -> page(200, pages.rollout(one)))
                    .orElseGet(() -> page(404, pages.nothing(path)));
        }
        if (path.matches("/ledger/[0-9]{1,18}")) {
            long index = Long.parseLong(path.substring("/ledger/".length()));
            return index < views.size()
                    ? page(200, pages.entry(views.proved(index)))
                    : page(404, pages.nothing(path));
        }
        return page(404, pages.nothing(path));
    }

    /// What was done is told once.
    private void told(Session session) {
        sessions.say(session.key(), "");
    }

    private static Answer page(int status, Html page) {
        return Answer.of(status, Answer.HTML, Html.page(page));
    }

    private static Answer file(String path) throws IOException {
        try (InputStream in = Console.class.getResourceAsStream(path.substring(1))) {
            if (in == null) {
                throw new IllegalStateException("the program is not whole: there is no " + path);
            }
            return new Answer(
                    200,
                    FILES.getOrDefault(path, Answer.PLAIN),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    Map.of("Cache-Control", "no-cache"));
        }
    }

    private Answer posted(ConsoleRequest request, Optional<Asker> asker, Supplier<Refusal> wrong) {
        if (request.isForeign()) {
            throw new Refusal(403, "foreign-form", "this form came from another site's page", "");
        }
        if (request.path().equals("/login")) {
            return login(request, wrong);
        }
        var session = asker.flatMap(Asker::session);
        if (session.isEmpty()) {
            return Answer.seeOther("/login", Map.of());
        }
        if (!session.get().isFrom(request.field("form"))) {
            throw new Refusal(
                    403, "foreign-form", "this form was not made for you; load the page again", "");
        }
        return switch (request.path()) {
            case "/logout" -> {
                sessions.end(session.get().key());
                yield Answer.seeOther(
                        "/login",
                        Map.of(
                                "Set-Cookie",
                                cookie(request, "", 0),
                                "Clear-Site-Data",
                                "\"cache\", \"cookies\", \"storage\""));
            }
            case "/act" -> act(request, asker.orElseThrow(), session.get());
            default -> throw new Refusal(404, "nothing-there", "nothing takes that form", "");
        };
    }

    private Answer login(ConsoleRequest request, Supplier<Refusal> wrong) {
        var now = clock.instant();
        var known = operators.known(request.field("token")).filter(one -> one.grant().isValid(now));
        if (known.isEmpty()) {
            var refusal = wrong.get();
            return page(
                    refusal.status(),
                    new Pages(place, views).login(String.valueOf(refusal.getMessage())));
        }
        var session = sessions.begin(known.get().name(), known.get().key(), now);
        return Answer.seeOther(
                "/", Map.of("Set-Cookie", cookie(request, session.key(), 12 * 60 * 60)));
    }

    /// Does it, and says on the next page what came of it.
    private Answer act(ConsoleRequest request, Asker asker, Session session) {
        var act = request.field("act");
        var isKill = act.equals("kill");
        asker.demandAnywhere(isKill ? Right.STOP : right(act), clock.instant());
        if (isKill && request.field("service").isEmpty()) {
            asker.demand(Right.STOP, clock.instant());
        } else if (isKill) {
            asker.demand(Right.STOP, request.field("service"), clock.instant());
        }
        try {
            sessions.say(session.key(), isKill ? kill(request, asker) : done(act, request, asker));
        } catch (Refusal e) {
            if (e.status() == NOT_ALLOWED) {
                throw e;
            }
            sessions.say(session.key(), "! " + e.getMessage());
        } catch (IllegalArgumentException | OperationFailed e) {
            sessions.say(session.key(), "! " + e.getMessage());
        }
        return Answer.seeOther("/", Map.of());
    }

    private static Right right(String act) {
        var kind = Acts.ALL.get(act);
        return kind == null ? Right.CHANGE : kind.right();
    }

    private String done(String act, ConsoleRequest request, Asker asker) {
        var reason = reason(request);
        var asked =
                new Asked(
                        orNull(request.field("service")),
                        null,
                        orNull(request.field("hash")),
                        orNull(request.field("rollout")),
                        reason,
                        null,
                        false,
                        false);
        acts.perform(act, asked, asker, clock.instant());
        var about = request.field("service");
        return act + (about.isEmpty() ? "" : " " + about) + " is in the ledger";
    }

    private String kill(ConsoleRequest request, Asker asker) {
        if (!request.field("sure").equals("yes")) {
            throw new IllegalArgumentException(
                    "nothing was killed: tick the box that says that you mean it");
        }
        KillReport report =
                room.kill()
                        .apply(
                                new KillOrder(
                                        UUID.randomUUID().toString(),
                                        Optional.ofNullable(orNull(request.field("service"))),
                                        Optional.empty(),
                                        KILL_LIMIT,
                                        asker.name(),
                                        reason(request)));
        var troubles = new LinkedHashMap<String, Boolean>();
        report.calls().forEach(one -> troubles.put("call " + one, true));
        report.troubles().forEach(one -> troubles.put(one, true));
        return (report.isClean() ? "" : "! ")
                + "killed: "
                + report.sentence()
                + (troubles.isEmpty() ? "" : "; " + String.join("; ", troubles.keySet()));
    }

    private static String reason(ConsoleRequest request) {
        var reason = request.field("reason");
        if (reason.length() > REASON_MAX || reason.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(
                    "a reason is one line of at most " + REASON_MAX + " characters");
        }
        return reason;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /// By TLS a browser keeps it from all other hosts, and from plain HTTP.
    private static String cookie(ConsoleRequest request) {
        return request.isBeyond() ? "__Host-pitcrew" : "pitcrew";
    }

    private static String cookie(ConsoleRequest request, String value, int seconds) {
        return "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s"
                .formatted(cookie(request), value, seconds, request.isBeyond() ? "; Secure" : "");
    }
}
