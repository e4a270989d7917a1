package dev.pitcrew.server;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.app.DeskPicture;
import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.RolloutView;
import dev.pitcrew.server.Route.Answered;
import dev.pitcrew.server.Route.Asking;
import dev.pitcrew.server.Route.Parameter;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// What programs may ask for.
///
/// @param clock says whether a token has expired
/// @param isClosing whether nobody should wait for anything any more
record Routes(
        Views views, Acts acts, JsonMapper json, InstantSource clock, BooleanSupplier isClosing) {
    private static final int PAGE = 500;
    private static final Parameter AFTER =
            new Parameter("after", -1, Long.MAX_VALUE, -1, "the index after which to begin");
    private static final Parameter WAIT =
            new Parameter("wait", 0, 30, 0, "how many seconds to wait for the first entry");

    /// All of it, as the document lists it.
    List<Route> all() {
        var all = new ArrayList<Route>();
        all.add(
                read(
                        "/v1/status",
                        "What runs, what is underway, what needs a person.",
                        List.of(),
                        DeskStatus.class,
                        _ -> views.status()));
        all.add(
                read(
                        "/v1/desk",
                        "The desk as a picture: who sends to whom, and who is active.",
                        List.of(),
                        DeskPicture.class,
                        _ -> views.picture(views.status())));
        all.add(
                read(
                        "/v1/rollouts",
                        "The last rollouts, the newest first, with their steps and gates.",
                        List.of(),
                        Several.of(RolloutView.class),
                        _ -> views.rollouts()));
        all.add(
                read(
                        "/v1/events",
                        "Entries of the ledger after an index, at most 500.",
                        List.of(AFTER, WAIT),
                        Several.of(Told.class),
                        this::events));
        all.add(
                read(
                        "/v1/ledger/{index}",
                        "An entry with the proof that it is in the ledger.",
                        List.of(),
                        Views.Proved.class,
                        asking -> views.proved(index(asking.of().getOrDefault("index", "")))));
        all.add(
                new Route(
                        "GET",
                        "/v1/stream",
                        Right.READ,
                        "Server-sent events: `changed`, with the number of entries, when status or ledger have.",
                        List.of(),
                        null,
                        new Answered(Pulse.KIND, null),
                        _ -> {
                            throw new IllegalStateException("it is a stream");
                        }));
        Acts.ALL.forEach(
                (act, kind) ->
                        all.add(
                                new Route(
                                        "POST",
                                        "/v1/" + act,
                                        kind.right(),
                                        kind.told(),
                                        List.of(),
                                        Asked.class,
                                        Answered.json(Acted.class),
                                        asking -> act(act, asking))));
        all.add(
                new Route(
                        "GET",
                        "/metrics",
                        Right.READ,
                        "Pitcrew's own numbers, for Prometheus.",
                        List.of(),
                        null,
                        new Answered("text/plain", null),
                        _ -> Answer.of(200, Answer.METRICS, views.metrics())));
        return List.copyOf(all);
    }

    /// Marks what an act answers: the events appended, or a plan.
    static final class Acted {
        private Acted() {}
    }

    private interface Reading {
        Object read(Asking asking);
    }

    private Route read(
            String path,
            String told,
            List<Parameter> parameters,
            java.lang.reflect.Type type,
            Reading reading) {
        return new Route(
                "GET",
                path,
                Right.READ,
                told,
                parameters,
                null,
                Answered.json(type),
                asking -> Answer.json(200, reading.read(asking), json));
    }

    private static long index(String text) {
        try {
            return Long.parseUnsignedLong(text) < 0 ? Long.MAX_VALUE : Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new Refusal(
                    404, "nothing-there", "an entry's index is a whole number from 0 on", "");
        }
    }

    private Answer act(String act, Asking asking) throws IOException {
        return Answer.json(
                200,
                acts.perform(act, asking.body().read(), asking.asker(), clock.instant()),
                json);
    }

    private List<Told> events(Asking asking) {
        long after = asking.number(AFTER);
        long deadline = System.nanoTime() + asking.number(WAIT) * 1_000_000_000;
        while (views.size() - 1 <= after
                && System.nanoTime() < deadline
                && !isClosing.getAsBoolean()) {
            // The ledger tells nobody that it grew, and a virtual thread that looks again costs
            // next to nothing.
            LockSupport.parkNanos(20_000_000);
        }
        return after >= views.size() ? List.of() : views.entries(after + 1, PAGE);
    }
}
