package dev.pitcrew.deploy;

import dev.pitcrew.deploy.ApprovalNeed.Rule;
import dev.pitcrew.deploy.Plan.Purpose;
import dev.pitcrew.model.Approval;
import dev.pitcrew.model.CancelOnDisconnect;
import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Fence;
import dev.pitcrew.model.GateName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Shadow;
import dev.pitcrew.model.StrategyName;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes plans: what a change will do and what has to be approved, from the system file and from what the ledger says. Pure, so that
/// `deploy --plan` shows the very plan that `deploy` would append.
///
/// @param system the effective system of the environment
/// @param environment where
/// @param facts the outside world, for what a plan tells beforehand
/// @param more what whoever approves a change has to know besides, such as where its version comes from
/// @param isPromoting whether the change brings what was proven in the environment before
public record Planner(
        TradingSystem system,
        Environment environment,
        Facts facts,
        List<String> more,
        boolean isPromoting) {
    public Planner {
        more = List.copyOf(more);
    }

    /// One with nothing more to note.
    public Planner(TradingSystem system, Environment environment, Facts facts) {
        this(system, environment, facts, List.of(), false);
    }

    /// One that plans with what another environment's ledger proves.
    ///
    /// @param evidence for whoever approves it
    public Planner promoting(String evidence) {
        return new Planner(system, environment, facts, List.of(evidence), true);
    }

    /// A change to another release.
    ///
    /// @param wanted gates that an operator wants overridden
    /// @throws IllegalArgumentException when it can't be planned; the message says why and what to do
    public Plan change(ServiceState state, Service service, Release to, Overrides wanted) {
        var from = state.keep().approved();
        var isFirst = state.roster().instances().isEmpty();
        var formats = new Formats(from, to);
        var gates =
                isFirst
                        ? Gates.beforeStart(environment)
                        : Gates.beforeChange(system, environment, service, formats.areReadable());
        if (goesPastPromotion(state, to)) {
            gates = Stream.concat(gates.stream(), Stream.of(Gates.promotion())).toList();
        }
        var overrides = wanted.of(gates);
        refuseUnpromoted(service, to, left(gates, overrides));
        if (!isFirst && formats.areUnsafe() && Strategies.isOfMany(service)) {
            throw new IllegalArgumentException(
                    "%s has two versions at work at once, and each has to read what the other writes: %s"
                            .formatted(
                                    Words.of(service.rollout().strategy()),
                                    String.join("; ", formats.notes())));
        }
        var notes = new ArrayList<>(formats.notes());
        if (!isFirst
                && service.rollout().strategy() == StrategyName.CANARY
                && !canCompare(from, to)) {
            notes.add("no fresh instances of the old configuration can be started to compare with");
        }
        var failedBefore = state.keep().failed().contains(to);
        if (failedBefore) {
            notes.add("version " + to.version() + " failed before");
        }
        notes.addAll(more);
        notes.addAll(notes(overrides));
        if (!isFirst) {
            cancelled(state, service).ifPresent(notes::add);
            ended(service).ifPresent(notes::add);
            if (isOnlyTried(service)) {
                notes.add("in shadow only: whatever comes of it, nothing is changed");
            }
            refused(service).ifPresent(notes::add);
            service.rollout()
                    .judge()
                    .map(judging -> "judged by " + Compared.brief(judging, service))
                    .ifPresent(notes::add);
            undecided(gates, service).ifPresent(notes::add);
        }
        var isOutOfTheOrdinary = failedBefore || !overrides.isEmpty() || formats.areUnsafe();
        return plan(
                Purpose.CHANGE,
                service,
                Words.of(service.rollout().strategy()),
                from,
                to,
                forward(service, left(gates, overrides), isFirst, canCompare(from, to)),
                formats.haveWayBack() ? Strategies.back(service) : List.of(),
                rule(overrides),
                isOutOfTheOrdinary,
                overrides,
                notes);
    }

    /// That nobody of the version before is there any more after a handoff: where only its death tells that it sends nothing, it is killed.
    private static Optional<String> ended(Service service) {
        var isHandedOver =
                service.rollout().strategy() == StrategyName.HANDOFF
                        || service.rollout().strategy() == StrategyName.SHADOW;
        return service.singleActive()
                .filter(_ -> isHandedOver && !isOnlyTried(service))
                .filter(one -> one.fences().stream().noneMatch(Fence::letsLive))
                .map(
                        _ ->
                                "the fence is process: the old instance is killed once it is passive, so the way back starts another");
    }

    private static boolean isOnlyTried(Service service) {
        return service.rollout().strategy() == StrategyName.SHADOW
                && service.rollout()
                        .shadow()
                        .filter(one -> one.then() == Shadow.Then.NOTHING)
                        .isPresent();
    }

    /// Whether a version comes that the environment before has not shown to be good. Of a service that never ran here there is nothing yet
    /// that could be lost, and what is approved comes back without being asked.
    private boolean goesPastPromotion(ServiceState state, Release to) {
        return environment.follows().isPresent()
                && !isPromoting
                && state.keep().approved().filter(one -> !one.equals(to)).isPresent()
                && !state.wasPromoted(to);
    }

    private void refuseUnpromoted(Service service, Release to, List<Gate> left) {
        if (left.contains(Gates.promotion())) {
            throw new IllegalArgumentException(
                    "%s follows %s, and %s was not promoted from there; `pitcrew promote %s %s` brings what serves in %s, `--override promotion --reason …` goes past it"
                            .formatted(
                                    environment.name(),
                                    environment.follows().orElse(""),
                                    to.version(),
                                    environment.name(),
                                    service.name(),
                                    environment.follows().orElse("")));
        }
    }

    /// Back to the last good release. Nobody has to agree, because it only reduces risk; an override of a gate that protects orders needs
    /// the agreement that a change needs.
    ///
    /// @param wanted gates that an operator wants overridden
    /// @throws IllegalArgumentException when the release can't read what the one that serves has written
    public Plan rollback(ServiceState state, Service service, Release to, Overrides wanted) {
        var from = state.keep().approved();
        var formats = new Formats(from, to);
        if (!formats.isCarriedOver()) {
            throw new IllegalArgumentException(
                    "%s; where that can be borne, `pitcrew deploy %s %s` asks for an approval that names it"
                            .formatted(formats.lostText(), service.name(), to.version()));
        }
        var gates = Gates.beforeRollback(environment, service, formats.areReadable());
        var overrides = wanted.of(gates);
        var notes = new ArrayList<>(formats.notes());
        notes.addAll(notes(overrides));
        cancelled(state, service).ifPresent(notes::add);
        return plan(
                Purpose.ROLLBACK,
                service,
                Words.of(service.rollout().strategy()),
                from,
                to,
                rollback(service, left(gates, overrides), state.roster().instances().isEmpty()),
                formats.haveWayBack() ? Strategies.back(service) : List.of(),
                overrides.isEmpty() ? Rule.NONE : rule(overrides),
                !overrides.isEmpty(),
                overrides,
                notes);
    }

    /// An instance that says that the kill latch of the service is set; empty when none does.
    Optional<String> latched(ServiceState state, Service service) {
        return state.roster().instances().keySet().stream()
                .filter(
                        one ->
                                facts.of(one)
                                        .killed()
                                        .known(facts.at(), service.probes().limit())
                                        .orElse(false))
                .findFirst();
    }

    /// Keeping what runs already, as it runs. It takes the agreement that a first start takes.
    ///
    /// @param containers their ids
    /// @throws IllegalArgumentException when the service is kept already, or has other instances than that
    public Plan adopt(ServiceState state, Service service, Release to, List<String> containers) {
        var most = service.singleActive().isPresent() ? 1 : service.replicas();
        if (containers.isEmpty() || containers.size() > most) {
            throw new IllegalArgumentException(
                    "%d containers of %s were named, and it runs in 1 to %d"
                            .formatted(containers.size(), service.name(), most));
        }
        var notes = new ArrayList<String>();
        containers.forEach(
                one ->
                        notes.add(
                                "container %s is taken over as it runs, with restart policy no from then on"
                                        .formatted(
                                                one.length() > 12 ? one.substring(0, 12) : one)));
        notes.addAll(more);
        return plan(
                Purpose.ADOPT,
                service,
                "adopt",
                Optional.empty(),
                to,
                Strategies.adopt(service, Gates.beforeStart(environment), containers),
                List.of(),
                rule(List.of()),
                false,
                List.of(),
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
                Purpose.REARM,
                service,
                "rearm",
                Optional.of(release),
                release,
                steps,
                List.of(),
                rule(List.of()),
                false,
                List.of(),
                List.of());
    }

    /// That its canary can't be decided in time as things are now, and what could be.
    private Optional<String> undecided(List<Gate> gates, Service service) {
        return gates.stream()
                .filter(one -> one.name().equals(GateName.EVIDENCE.key()))
                .map(one -> one.judge(facts.measure(one, service.name()), facts.at()))
                .filter(one -> !one.passed())
                .map(Gate.Evidence::brief)
                .findFirst();
    }

    /// At once, all of it: of what is known to be good no part has to be tried first.
    private static List<Step> rollback(Service service, List<Gate> gates, boolean isFirst) {
        if (service.rollout().strategy() == StrategyName.SHADOW) {
            return Strategies.handoff(service, gates, isFirst);
        }
        return Strategies.isOfMany(service)
                ? Strategies.blueGreen(service, gates, isFirst)
                : forward(service, gates, isFirst, false);
    }

    /// Whether an instance of the old release can still be started: the files of one version are there as they are now.
    private static boolean canCompare(Optional<Release> from, Release to) {
        return from.filter(old -> !old.version().equals(to.version())).isPresent();
    }

    /// @param canCompare whether fresh instances of the release before can be started
    private static List<Step> forward(
            Service service, List<Gate> gates, boolean isFirst, boolean canCompare) {
        return switch (service.rollout().strategy()) {
            case HANDOFF -> Strategies.handoff(service, gates, isFirst);
            case STOP_START -> Strategies.stopStart(service, gates, isFirst);
            case ROLLING -> Strategies.rolling(service, gates, isFirst);
            case BLUE_GREEN -> Strategies.blueGreen(service, gates, isFirst);
            case CANARY -> Strategies.canary(service, gates, isFirst, canCompare);
            case SHADOW -> Strategies.shadow(service, gates, isFirst);
        };
    }

    private static List<Gate> left(List<Gate> gates, List<Plan.Overridden> overrides) {
        var overridden = overrides.stream().map(Plan.Overridden::gate).toList();
        return gates.stream().filter(gate -> !overridden.contains(gate)).toList();
    }

    /// Only our own balancer can hold new orders while a service changes hands.
    private Optional<String> refused(Service service) {
        return environment.balancer() == Environment.Balancer.BUILT_IN
                        || !service.takesTraffic()
                        || service.singleActive().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "while it changes hands %s refuses new requests with 503, and clients have to try again with the same id"
                                .formatted(Words.of(environment.balancer())));
    }

    private static List<String> notes(List<Plan.Overridden> overrides) {
        return overrides.stream()
                .map(one -> "gate %s is overridden: %s".formatted(one.gate().name(), one.reason()))
                .toList();
    }

    /// A freeze is somebody's word, so it takes two to go on in spite of it, whatever the environment says.
    private Rule rule(List<Plan.Overridden> overrides) {
        if (overrides.stream().anyMatch(one -> one.gate().name().equals(GateName.FREEZE.key()))) {
            return Rule.TWO_PEOPLE;
        }
        return switch (environment.approval()) {
            case Approval.TwoPeople _ -> Rule.TWO_PEOPLE;
            case Approval.Delay _ -> Rule.DELAY;
            case Approval.None _ -> Rule.NONE;
        };
    }

    private Plan plan(
            Purpose purpose,
            Service service,
            String strategy,
            Optional<Release> from,
            Release to,
            List<Step> forward,
            List<Step> back,
            Rule rule,
            boolean isOutOfTheOrdinary,
            List<Plan.Overridden> overrides,
            List<String> notes) {
        var delay =
                rule == Rule.DELAY && environment.approval() instanceof Approval.Delay(var duration)
                        ? duration
                        : Duration.ZERO;
        var hash =
                Digest.of(
                        String.join(
                                        "\n",
                                        "pitcrew approval 2",
                                        Words.of(purpose),
                                        service.name(),
                                        text(to),
                                        system.digest().hex(),
                                        environment.name(),
                                        strategy,
                                        environment.windows().toString(),
                                        from.map(Planner::text).orElse("nothing"),
                                        overrides.toString(),
                                        String.join("; ", notes))
                                .getBytes(StandardCharsets.UTF_8));
        var need =
                new ApprovalNeed(
                        rule, delay, environment.approvalExpires(), hash.hex(), isOutOfTheOrdinary);
        return new Plan(
                service.name(),
                environment.name(),
                system.digest().hex(),
                purpose,
                strategy,
                from,
                to,
                forward,
                back,
                need,
                overrides,
                notes);
    }

    /// A release, the same in every process: a set has no order.
    private static String text(Release release) {
        return String.join(
                " ",
                release.version(),
                release.binary(),
                release.configuration(),
                release.flags(),
                release.state().writes(),
                release.state().reads().stream().sorted().collect(Collectors.joining(",")));
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
                                open.map(n -> dev.pitcrew.deploy.Words.count(n, "open order"))
                                        .orElse("an unknown number of open orders")));
    }

    /// Whether two releases read what the other one writes.
    private record Formats(Optional<Release> from, Release to) {
        /// The new one reads what the old one has written.
        boolean isCarriedOver() {
            return from.filter(old -> !to.state().canRead(old.state())).isEmpty();
        }

        /// The old one reads what the new one will have written.
        boolean haveWayBack() {
            return from.filter(old -> !old.state().canRead(to.state())).isEmpty();
        }

        boolean areUnsafe() {
            return !isCarriedOver() || !haveWayBack();
        }

        boolean areReadable() {
            return from.isPresent() && !areUnsafe();
        }

        String lostText() {
            return cannotRead(to, from.orElse(to));
        }

        List<String> notes() {
            var notes = new ArrayList<String>();
            if (!haveWayBack()) {
                notes.add("no way back: " + cannotRead(from.orElse(to), to));
            }
            if (!isCarriedOver()) {
                notes.add("nothing is carried over: " + lostText());
            }
            return notes;
        }

        private static String cannotRead(Release reader, Release writer) {
            return "%s can't read %s, which %s writes"
                    .formatted(reader.version(), writer.state().writes(), writer.version());
        }
    }
}
