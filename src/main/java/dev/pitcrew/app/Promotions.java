package dev.pitcrew.app;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.DeskEvent.Promoted;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Merits;
import dev.pitcrew.deploy.Promotion;
import dev.pitcrew.deploy.Promotion.Proven;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.RolloutEvent.Planned;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.InclusionProof;
import dev.pitcrew.ledger.Leaves;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.EventCodec;
import dev.pitcrew.runtime.LedgerJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes the evidence of a version out of the ledger of one environment, and checks it before another one plans with it.
public final class Promotions {
    private Promotions() {}

    /// The key under which an environment's ledger proved what was promoted from it last; empty when nothing was.
    public static Optional<String> knownKey(Ledger ledger, String environment) {
        var codec = new EventCodec();
        try (var entries = ledger.entries(0)) {
            return entries.filter(one -> one.type().name().equals("desk.promoted"))
                    .flatMap(one -> codec.decode(one.type().toString(), one.body()).stream())
                    .flatMap(
                            one ->
                                    one instanceof Promoted promoted
                                            ? Stream.of(promoted.promotion())
                                            : Stream.of())
                    .filter(one -> one.environment().equals(environment))
                    .map(Promotion::key)
                    .reduce((_, last) -> last);
        }
    }

    private record Told(Entry entry, Event event) {}

    /// What the version that serves brings along.
    ///
    /// @param environment whose ledger it is
    /// @throws IllegalArgumentException when it can't be promoted; the message says why
    public static Promotion of(Ledger ledger, String environment, String service) {
        var told = told(ledger);
        var desk = Desk.EMPTY;
        for (var one : told) {
            desk = desk.fold(one.event());
        }
        var state = desk.service(service);
        var release = serving(state, environment, service);
        var rollout = rollout(told, service, release);
        if (desk.emergencies().containsKey(rollout)) {
            throw new IllegalArgumentException(
                    "%s of %s in %s is an emergency change that nobody has re-assessed yet; `pitcrew reassess %s %s --env %s` first"
                            .formatted(
                                    rollout, service, environment, service, rollout, environment));
        }
        var events =
                told.stream()
                        .map(Told::event)
                        .filter(one -> one.service().equals(service) && Merits.isOne(one, rollout))
                        .toList();
        var merits =
                Merits.of(events)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "nobody watched %s of %s in %s to its end, as nobody watches a first start; what is deployed over it is watched"
                                                        .formatted(rollout, service, environment)));
        var wanted = Merits.of(events, merits);
        var proven =
                told.stream()
                        .filter(one -> wanted.contains(one.event()))
                        .map(one -> proven(ledger, one.entry()))
                        .toList();
        return new Promotion(
                environment,
                ledger.verifier().toString(),
                service,
                release.version(),
                rollout,
                proven);
    }

    private static List<Told> told(Ledger ledger) {
        var journal = new LedgerJournal(ledger);
        var told = new ArrayList<Told>();
        try (var entries = ledger.entries(0)) {
            entries.forEach(
                    entry ->
                            journal.event(entry)
                                    .ifPresent(event -> told.add(new Told(entry, event))));
        }
        return told;
    }

    private static Release serving(ServiceState state, String environment, String service) {
        if (state.isChanging()) {
            throw new IllegalArgumentException(
                    "%s of %s is underway in %s; wait for its end"
                            .formatted(
                                    state.rollout().map(Rollout::id).orElse("a change"),
                                    service,
                                    environment));
        }
        if (state.isKilled() || state.keep().stuck().isPresent()) {
            throw new IllegalArgumentException(
                    "%s is %s in %s, so nothing of it is shown to be well"
                            .formatted(
                                    service, state.isKilled() ? "killed" : "stuck", environment));
        }
        return state.keep()
                .approved()
                .filter(_ -> !state.roster().instances().isEmpty())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no version of %s serves in %s"
                                                .formatted(service, environment)));
    }

    /// The last change that was done and led to the release.
    private static String rollout(List<Told> told, String service, Release release) {
        var last = Optional.<String>empty();
        for (var one : told) {
            if (one.event() instanceof Finished done
                    && done.service().equals(service)
                    && done.outcome() == Outcome.DONE
                    && told.stream()
                            .anyMatch(
                                    other ->
                                            other.event() instanceof Planned plan
                                                    && plan.rollout().equals(done.rollout())
                                                    && plan.plan().to().equals(release))) {
                last = Optional.of(done.rollout());
            }
        }
        return last.orElseThrow(
                () ->
                        new IllegalArgumentException(
                                "the ledger tells of no change that brought %s %s"
                                        .formatted(service, release.version())));
    }

    private static Proven proven(Ledger ledger, Entry entry) {
        var proof = ledger.inclusion(entry.index());
        return new Proven(
                entry.index(), entry.type().toString(), Leaves.text(entry), proof.toString());
    }

    /// The merits that a promotion proves.
    ///
    /// @throws IllegalArgumentException when a proof does not hold, or what it proves is not enough
    public static Merits proved(Promotion promotion) {
        var key = VerifierKey.parse(promotion.key());
        var codec = new EventCodec();
        var events = new ArrayList<Event>();
        for (var one : promotion.entries()) {
            var entry = entry(one);
            var proof = InclusionProof.parse(one.proof());
            if (proof.index() != entry.index() || !proof.proves(entry, key)) {
                throw new IllegalArgumentException(
                        "entry %d is not proven to be in the ledger %s"
                                .formatted(one.index(), key.name()));
            }
            codec.decode(entry.type().toString(), entry.body()).ifPresent(events::add);
        }
        return Merits.of(
                        events.stream()
                                .filter(one -> Merits.isOne(one, promotion.rollout()))
                                .toList())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "what is proven of %s does not show that it was planned, begun, watched and done"
                                                .formatted(promotion.rollout())));
    }

    private static Entry entry(Proven one) {
        try {
            return Leaves.entry(one.index(), one.leaf());
        } catch (OperationFailed e) {
            throw new IllegalArgumentException("entry %d can't be read".formatted(one.index()), e);
        }
    }
}
