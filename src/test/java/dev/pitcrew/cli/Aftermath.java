package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.deploy.DeskEvent.OperatorAdded;
import dev.pitcrew.deploy.DeskEvent.OperatorRemoved;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.model.Token;
import dev.pitcrew.runtime.EventCodec;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.server.Told;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What must be true of a desk and of its ledger, however often its controller was killed.
///
/// @param events all that the ledger has
record Aftermath(MortalDesk desk, List<Event> events) {
    private static final JsonMapper JSON = new JsonMapper();

    static Aftermath of(MortalDesk desk, List<Told> entries) {
        var codec = new EventCodec();
        return new Aftermath(
                desk,
                entries.stream()
                        .map(one -> codec.decode(one.type(), one.body()).orElseThrow())
                        .toList());
    }

    void nobodyAlteredTheLedger() {
        assertThat(desk.verdict()).isInstanceOf(Verdict.Whole.class);
    }

    /// Each outcome belongs to an intent of its own that came before it.
    void noOutcomeWithoutIntent() {
        var open = new HashMap<Object, Integer>();
        for (var event : events) {
            switch (event) {
                case EffectIntended one ->
                        open.merge(List.of(one.course(), one.effect()), 1, Integer::sum);
                case EffectConfirmed one -> close(open, one.course(), one.effect());
                case EffectFailed one -> close(open, one.course(), one.effect());
                default -> {} // no effect
            }
        }
    }

    /// It knows all operators, and nobody else.
    void theLedgerNamesWhoMayAct() {
        var named = new TreeSet<String>();
        for (var event : events) {
            switch (event) {
                case OperatorAdded one -> named.add(one.operator());
                case OperatorRemoved one -> named.remove(one.operator());
                default -> {} // nobody comes or goes
            }
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(desk.operators());
    }

    private static void close(Map<Object, Integer> open, String course, Effect effect) {
        assertThat(open.merge(List.of(course, effect), -1, Integer::sum))
                .as("intents of %s in %s without an outcome", effect, course)
                .isNotNegative();
    }

    /// Each activation has a newer token than the one before, unless it is the same one tried again.
    void tokensOnlyGrew(String service) {
        var last = new Token(0);
        var holder = "";
        for (var event : events) {
            if (event instanceof EffectIntended(_, var of, _, Effect.Activate(var to, var token), _)
                    && of.equals(service)) {
                if (!(token.equals(last) && to.equals(holder))) {
                    assertThat(token.isNewerThan(last))
                            .as("%s with %s comes after %s with %s", to, token, holder, last)
                            .isTrue();
                }
                last = token;
                holder = to;
            }
        }
    }

    /// Who began to be active found nobody else who still was, but those whose death was seen to.
    ///
    /// @param doomed those that the test ended, or that end by themselves
    void neverTwoActive(String service, Set<String> doomed) throws IOException {
        var dead = new HashSet<>(doomed);
        for (var event : events) {
            if (event instanceof EffectConfirmed(_, _, _, Effect.Kill(var name), _)) {
                dead.add(name);
            }
        }
        var active = new HashSet<String>();
        for (var line : desk.senders(service)) {
            var who = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("end ")) {
                active.remove(who);
            } else {
                active.removeAll(dead);
                assertThat(active).as("active while %s became active", who).isEmpty();
                active.add(who);
            }
        }
    }

    /// @param name who it has to be
    void exactlyOneIsActive(String service, String name, long token) throws Exception {
        var active = new TreeMap<String, Long>();
        for (var one : desk.living(service)) {
            var status = status(one);
            if (status.path("active").asBoolean()) {
                active.put(one.instance(), status.path("token").asLong());
            }
        }
        assertThat(active).isEqualTo(Map.of(name, token));
    }

    private static JsonNode status(KnownProcess instance) throws IOException {
        var uri = URI.create("http://127.0.0.1:" + instance.ports().get("http") + "/status");
        try (var answer = uri.toURL().openStream()) {
            return JSON.readTree(answer);
        }
    }

    /// Who lived when the controller died still lives as the same process, but for those that were to end.
    ///
    /// @param before pids by instance
    /// @param doomed those that the test ended, or that end by themselves
    void theDeathEndedNobody(Map<String, Long> before, Set<String> doomed) {
        var expected = new TreeMap<>(before);
        expected.keySet().removeAll(doomed);
        for (var event : events) {
            if (event instanceof EffectIntended intended) {
                switch (intended.effect()) {
                    case Effect.Stop(var name) -> expected.remove(name);
                    case Effect.Kill(var name) -> expected.remove(name);
                    default -> {} // ends nobody
                }
            }
        }
        assertThat(desk.pids()).containsAllEntriesOf(expected);
    }
}
