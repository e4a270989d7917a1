package dev.pitcrew.deploy;

import dev.pitcrew.deploy.ApprovalNeed.Rule;
import dev.pitcrew.model.Approval;
import dev.pitcrew.model.CancelOnDisconnect;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes plans: what a change will do and what has to be approved, from the system file and from what the ledger says. Pure, so that
/// `deploy --plan` shows the very plan that `deploy` would append.
///
/// @param system the effective system of the environment
/// @param environment where
/// @param facts the outside world, for what a plan tells beforehand
public record Planner(TradingSystem system, Environment environment, Facts facts) {

    /// A change to another release.
    ///
    /// @throws IllegalArgumentException when it can't be planned; the message says why and what to do
    public Plan change(ServiceState state, Service service, Release to) {
        var from = state.keep().approved();
        var isFirst = state.roster().instances().isEmpty();
        var gates =
                isFirst
                        ? Gates.beforeStart(environment)
                        : Gates.beforeChange(system, environment, service);
        var name = service.rollout().strategy();
        var forward =
                switch (name) {
                    case HANDOFF -> Strategies.handoff(service, gates, isFirst);
                    case STOP_START -> Strategies.stopStart(service, gates, isFirst);
                    case ROLLING, BLUE_GREEN, CANARY ->
                            throw new IllegalArgumentException(
                                    "%s: this release of Pitcrew can't do %s yet; choose handoff or stop-start"
                                            .formatted(service.place(), Words.of(name)));
                };
        var notes = new ArrayList<String>();
        var hasNoWayBack = from.filter(old -> !old.state().canRead(to.state())).isPresent();
        if (hasNoWayBack) {
            notes.add(
                    "no way back: %s can't read %s, which %s writes"
                            .formatted(from.get().version(), to.state().writes(), to.version()));
        }
        var failedBefore = state.keep().failed().contains(to.version());
        if (failedBefore) {
            notes.add("version " + to.version() + " failed before");
        }
        if (!isFirst) {
            cancelled(state, service).ifPresent(notes::add);
        }
        var back = hasNoWayBack ? List.<Step>of() : Strategies.back(service);
        return plan(
                service,
                Words.of(name),
                from,
                to,
                forward,
                back,
                hasNoWayBack || failedBefore,
                notes);
    }

    /// Beginning again after a kill, with the release that is approved.
    ///
    /// @throws IllegalArgumentException when nothing is approved
    public Plan rearm(ServiceState state, Service service) {
        var release =
                state.keep()
                        .approved()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                service.name()
                                                        + " never ran, so there is nothing to re-arm"));
        var steps = Strategies.rearm(service, Gates.beforeStart(environment));
        return plan(
                service,
                "rearm",
                Optional.of(release),
                release,
                steps,
                List.of(),
                false,
                List.of());
    }

    private Plan plan(
            Service service,
            String strategy,
            Optional<Release> from,
            Release to,
            List<Step> forward,
            List<Step> back,
            boolean isOutOfTheOrdinary,
            List<String> notes) {
        var rule =
                switch (environment.approval()) {
                    case Approval.TwoPeople _ -> Rule.TWO_PEOPLE;
                    case Approval.Delay _ -> Rule.DELAY;
                    case Approval.None _ -> Rule.NONE;
                };
        var delay =
                environment.approval() instanceof Approval.Delay(var duration)
                        ? duration
                        : Duration.ZERO;
        var hash =
                Digest.of(
                        String.join(
                                        "\n",
                                        "pitcrew approval 1",
                                        service.name(),
                                        to.toString(),
                                        system.digest().hex(),
                                        environment.name(),
                                        strategy,
                                        environment.windows().toString(),
                                        from.map(Release::version).orElse("nothing"),
                                        String.join("; ", notes))
                                .getBytes(StandardCharsets.UTF_8));
        var need =
                new ApprovalNeed(
                        rule, delay, environment.approvalExpires(), hash.hex(), isOutOfTheOrdinary);
        return new Plan(
                service.name(), environment.name(), strategy, from, to, forward, back, need, notes);
    }

    /// How many orders the venue will cancel when the old one logs out.
    private Optional<String> cancelled(ServiceState state, Service service) {
        var venues =
                service.venues().stream()
                        .map(system::venue)
                        .filter(
                                venue ->
                                        !(venue.cancelOnDisconnect()
                                                instanceof CancelOnDisconnect.Off))
                        .map(venue -> venue.name())
                        .toList();
        if (venues.isEmpty()) {
            return Optional.empty();
        }
        var open =
                state.roster()
                        .active()
                        .map(facts::of)
                        .flatMap(
                                active ->
                                        active.openOrders()
                                                .known(facts.at(), service.probes().limit()));
        return Optional.of(
                "%s cancels on disconnect: %s will be cancelled"
                        .formatted(
                                String.join(" and ", venues),
                                open.map(n -> n + " open orders")
                                        .orElse("an unknown number of open orders")));
    }
}
