package dev.pitcrew.deploy;

import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// All that a decision about one service may look at.
///
/// @param facts the outside world
/// @param roster the service's instances, folded from the events so far
/// @param service what the system file says of it
/// @param killed whether the kill latch was set and not re-armed
/// @param keep how the service is kept
/// @param terms what holds for every service of the environment
public record Situation(
        Facts facts, Roster roster, Service service, boolean killed, Keep keep, Terms terms) {
    private static final Duration UNLISTED_LIMIT =
            Duration.ofSeconds(10); // they are left by another ledger, and do not come and go

    /// What the ledger and the outside world say of a service now.
    public static Situation of(Service service, ServiceState state, Facts facts, Terms terms) {
        return new Situation(facts, state.roster(), service, state.isKilled(), state.keep(), terms);
    }

    /// The situation once an event is folded in; the facts stay as they were seen.
    public Situation after(Event event) {
        return new Situation(facts, roster.fold(event), service, killed, keep, terms);
    }

    /// The same, for a keep that has gone on since.
    Situation keeping(Keep now) {
        return new Situation(facts, roster, service, killed, now, terms);
    }

    InstanceFacts of(String instance) {
        return facts.of(instance);
    }

    /// Whether the instance can't do anything any more, because it was ended or its host confirms that it is dead.
    boolean isGone(String instance) {
        return roster.versionOf(instance).isEmpty()
                || of(instance)
                        .process()
                        .known(facts.at(), service.probes().limit())
                        .filter(ProcessState.DEAD::equals)
                        .isPresent();
    }

    /// Whether it has stopped answering for longer than the service allows.
    boolean hangs(String instance) {
        return hangs(instance, hangLimit());
    }

    /// Whether it has stopped answering for longer than a limit.
    boolean hangs(String instance, Duration limit) {
        return of(instance)
                .silence()
                .filter(silence -> silence.exceeds(limit, facts.at()))
                .isPresent();
    }

    /// Whether its last probe said that it is ready; what is not known is a no.
    boolean isReady(String instance) {
        return of(instance).ready().known(facts.at(), service.probes().limit()).orElse(false);
    }

    /// Whether it can be counted on when another one ends: it answered the last probe, is ready and known to be what it was started as. What is
    /// not known is a no, and so is a probe without an answer, however short its silence.
    boolean serves(String instance) {
        var seen = of(instance);
        return seen.silence().isEmpty()
                && isReady(instance)
                && Optional.ofNullable(roster.instances().get(instance))
                        .filter(release -> Uniformity.isProven(release, seen))
                        .isPresent();
    }

    /// Whether it has said that it is passive for longer than the service allows, though nobody told it to be. After a kill it does so too: that
    /// is left alone, and not to know of a kill is not to know that there was none.
    boolean hasLapsed(String instance) {
        var seen = of(instance);
        var limit = service.probes().limit();
        return service.knowsPassiveMode()
                && !seen.active().known(facts.at(), limit).orElse(true)
                && seen.passivity()
                        .filter(spell -> spell.exceeds(hangLimit(), facts.at()))
                        .filter(
                                spell ->
                                        !seen.killed()
                                                .knownSince(spell.since(), facts.at(), limit)
                                                .orElse(service.hooks().containsKey(HookName.KILL)))
                        .isPresent();
    }

    /// Live instances of the service that the ledger does not list, with what to do about them; empty when there are none or nobody has looked.
    Optional<String> strangers() {
        return unlisted()
                .filter(found -> !found.isEmpty())
                .map(
                        found ->
                                "%s, of which the ledger knows nothing, may be sending: find out, and end it"
                                        .formatted(String.join(" and ", found)));
    }

    /// Names of live instances of the service that the ledger does not list; empty while nobody has looked.
    Optional<List<String>> unlisted() {
        return facts.unlisted()
                .known(facts.at(), UNLISTED_LIMIT)
                .map(found -> found.getOrDefault(service.name(), List.of()));
    }

    private Duration hangLimit() {
        return service.singleActive().map(one -> one.hangLimit()).orElse(service.probes().limit());
    }

    /// A token above every one that was ever intended or that any instance reports.
    Token nextToken() {
        var reported =
                facts.instances().entrySet().stream()
                        .filter(entry -> roster.versionOf(entry.getKey()).isPresent())
                        .map(entry -> entry.getValue().token().value())
                        .flatMap(token -> Optional.ofNullable(token).stream())
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0);
        return roster.token().orHigher(new Token(reported)).next();
    }
}
