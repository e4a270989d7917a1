package dev.pitcrew.deploy;

import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import java.time.Duration;
import java.util.Optional;

/// All that a decision about one service may look at.
///
/// @param facts the outside world
/// @param roster the service's instances, folded from the events so far
/// @param service what the system file says of it
/// @param killed whether the kill latch was set and not re-armed
/// @param keep how the service is kept
public record Situation(Facts facts, Roster roster, Service service, boolean killed, Keep keep) {
    /// What the ledger and the outside world say of a service now.
    public static Situation of(Service service, ServiceState state, Facts facts) {
        return new Situation(facts, state.roster(), service, state.isKilled(), state.keep());
    }

    /// The situation once an event is folded in; the facts stay as they were seen.
    public Situation after(Event event) {
        return new Situation(facts, roster.fold(event), service, killed, keep);
    }

    /// The same, for a keep that has gone on since.
    Situation keeping(Keep now) {
        return new Situation(facts, roster, service, killed, now);
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
