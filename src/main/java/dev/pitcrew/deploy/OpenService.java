package dev.pitcrew.deploy;

import static dev.pitcrew.deploy.OpenCheck.no;
import static dev.pitcrew.deploy.OpenCheck.yes;

import dev.pitcrew.deploy.Gate.Sense;
import dev.pitcrew.model.GateName;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.SequenceNumbers;
import dev.pitcrew.model.SequenceNumbers.Rule;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a start of day asks of one service.
final class OpenService {
    /// A session that was begun anew has logged on and beaten its heart, and no more.
    private static final long RESET_MAX = 1_000;

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration KILL_TESTED = Duration.ofDays(30);
    private static final double MILLIS_A_DAY = 86_400_000;

    private final OpenCheck check;
    private final Service service;
    private final ServiceState state;
    private final Situation situation;

    OpenService(OpenCheck check, Service service) {
        this.check = check;
        this.service = service;
        this.state = check.desk().service(service.name());
        this.situation =
                Situation.of(
                        service,
                        state,
                        check.facts(),
                        Terms.of(check.system(), check.environment()));
    }

    List<OpenRow> rows() {
        var rows = new ArrayList<OpenRow>();
        rows.add(uniform());
        if (service.singleActive().isPresent()) {
            rows.add(active());
        }
        rows.add(stuck());
        rows.add(changes());
        if (hasSession()) {
            rows.add(sequence());
        }
        if (service.reconcile().isPresent()) {
            rows.add(reconciled());
        }
        if (service.singleActive().isPresent() && service.hook(HookName.KILL).isPresent()) {
            rows.add(kill());
        }
        return rows;
    }

    /// Every instance is what was approved and is ready, and there are as many as there should be. The last good version may stand by.
    private OpenRow uniform() {
        var approved = state.keep().approved();
        if (approved.isEmpty()) {
            return no(
                    "uniform",
                    service.name(),
                    "nothing of it was ever approved",
                    "`pitcrew up`, or `pitcrew deploy %s VERSION`".formatted(service.name()));
        }
        var release = approved.get();
        var wrong = new ArrayList<String>();
        long good = 0;
        long warm = 0;
        for (var each : state.roster().instances().entrySet()) {
            var name = each.getKey();
            if (isWarm(name, each.getValue())) {
                warm++;
            } else {
                var why = objection(name, each.getValue(), release);
                if (why.isEmpty()) {
                    good++;
                } else {
                    wrong.add(name + " " + why.get());
                }
            }
        }
        var says =
                "%d of %d run %s and are ready%s"
                        .formatted(
                                good,
                                service.replicas(),
                                release.version(),
                                warm == 0 ? "" : ", and %d of the version before".formatted(warm));
        return wrong.isEmpty() && good == service.replicas()
                ? yes("uniform", service.name(), says)
                : no(
                        "uniform",
                        service.name(),
                        wrong.isEmpty() ? says : says + ": " + String.join(", ", wrong),
                        "`pitcrew status` and `pitcrew logs %s` say more"
                                .formatted(service.name()));
    }

    private boolean isWarm(String name, Release release) {
        return !state.keep().approved().equals(Optional.of(release))
                && state.keep().lastGood().equals(Optional.of(release))
                && !state.roster().active().equals(Optional.of(name))
                && (service.singleActive().isEmpty()
                        ? !state.roster().routed().targets().contains(name)
                        : isPassive(name));
    }

    private Optional<String> objection(String name, Release release, Release approved) {
        var seen = situation.of(name);
        if (!release.equals(approved)) {
            return Optional.of("runs " + release.version());
        }
        return Uniformity.mismatch(approved, seen)
                .or(
                        () ->
                                Uniformity.isProven(approved, seen)
                                        ? Optional.empty()
                                        : Optional.of("does not say what it runs"))
                .or(
                        () ->
                                known(seen.ready()).orElse(false)
                                        ? Optional.empty()
                                        : Optional.of("is not ready"));
    }

    /// The one whom the ledger means says that it may send, under its token; all others say that they may not; and nobody else lives.
    private OpenRow active() {
        var wrong = new ArrayList<String>();
        var meant = state.roster().active();
        if (meant.isEmpty()) {
            wrong.add("nobody is active");
        }
        for (var name : state.roster().instances().keySet()) {
            objection(name, meant.equals(Optional.of(name))).ifPresent(wrong::add);
        }
        var unlisted = situation.unlisted();
        unlisted.ifPresentOrElse(
                found ->
                        found.forEach(
                                one ->
                                        wrong.add(
                                                one + " runs, and the ledger knows nothing of it")),
                () -> wrong.add("nobody has looked for instances that the ledger doesn't know"));
        return wrong.isEmpty()
                ? yes(
                        "active",
                        service.name(),
                        "%s alone, token %d of %d; %s"
                                .formatted(
                                        meant.orElseThrow(),
                                        state.roster().token().value(),
                                        state.roster().token().value(),
                                        Words.count(
                                                state.roster().instances().size() - 1L,
                                                "other instance")))
                : no(
                        "active",
                        service.name(),
                        String.join(", ", wrong),
                        "end whoever should not run; `pitcrew kill --service %s` stops all of it"
                                .formatted(service.name()));
    }

    private Optional<String> objection(String name, boolean isMeant) {
        var seen = situation.of(name);
        if (!service.knowsPassiveMode()) {
            // Whoever lives sends.
            return known(seen.process()).filter(ProcessState.DEAD::equals).isPresent() == isMeant
                    ? Optional.of(isMeant ? name + " is dead" : name + " lives as well")
                    : Optional.empty();
        }
        var active = known(seen.active());
        if (active.isEmpty()) {
            return Optional.of(name + " does not say whether it is active");
        }
        if (active.get() != isMeant) {
            return Optional.of(
                    name + (isMeant ? " says that it is passive" : " is active as well"));
        }
        if (isMeant && service.probe(ProbeName.TOKEN).isPresent()) {
            var token = known(seen.token());
            return token.filter(one -> one == state.roster().token().value()).isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            "%s has token %s, the ledger gave %d"
                                    .formatted(
                                            name,
                                            token.map(String::valueOf).orElse("unknown"),
                                            state.roster().token().value()));
        }
        return Optional.empty();
    }

    private boolean isPassive(String name) {
        return !known(situation.of(name).active()).orElse(service.knowsPassiveMode());
    }

    private OpenRow stuck() {
        var stop = state.keep().stuck();
        if (state.isKilled()) {
            return no(
                    "stuck",
                    service.name(),
                    "it is killed",
                    "`pitcrew rearm %s`".formatted(service.name()));
        }
        return stop.map(
                        one ->
                                no(
                                        "stuck",
                                        service.name(),
                                        one.name() + ": " + one.reason(),
                                        one.next()))
                .orElseGet(() -> yes("stuck", service.name(), "neither killed nor stuck"));
    }

    private OpenRow changes() {
        var underway =
                state.rollout()
                        .filter(one -> !(one instanceof Rollout.Over))
                        .map(one -> one.id() + " to " + one.plan().to().version())
                        .or(() -> state.keep().mend().filter(Course::isUnderway).map(Course::id));
        return underway.map(
                        one ->
                                no(
                                        "changes",
                                        service.name(),
                                        one + " is underway",
                                        "wait for its end, or `pitcrew abort %s`"
                                                .formatted(service.name())))
                .orElseGet(() -> yes("changes", service.name(), "none is underway"));
    }

    private boolean hasSession() {
        return !service.venues().isEmpty()
                && (service.role() == Role.ORDER_ENTRY
                        || service.probe(ProbeName.SEQUENCE_OUT).isPresent());
    }

    private OpenRow sequence() {
        if (service.probe(ProbeName.SEQUENCE_OUT).isEmpty()
                || service.probe(ProbeName.SEQUENCE_IN).isEmpty()) {
            return no(
                    "sequence",
                    service.name(),
                    "unknown: no probe reads its FIX sequence numbers",
                    "declare the probes sequenceOut and sequenceIn");
        }
        var seen = check.sequence(service).known(check.facts().at(), FRESH);
        if (seen.isEmpty()) {
            return no(
                    "sequence",
                    service.name(),
                    "unknown: the active instance does not tell them",
                    "`pitcrew logs %s`".formatted(service.name()));
        }
        var numbers = seen.get();
        var says = text(numbers);
        var wrong = new ArrayList<String>();
        if (numbers.out() < 1 || numbers.in() < 1) {
            wrong.add("FIX counts from 1");
        }
        if (service.probe(ProbeName.SESSION).isPresent()
                && !state.roster()
                        .active()
                        .flatMap(one -> known(situation.of(one).session()))
                        .orElse(false)) {
            wrong.add("the venue has not taken them: no session is logged on");
        }
        rule(numbers).ifPresent(wrong::add);
        return wrong.isEmpty()
                ? yes("sequence", service.name(), says)
                : no(
                        "sequence",
                        service.name(),
                        says + ": " + String.join(", ", wrong),
                        "agree on the numbers with the venue before anything is sent");
    }

    private Optional<String> rule(SequenceNumbers numbers) {
        var resets =
                service.venues().stream()
                        .map(check.system()::venue)
                        .anyMatch(one -> one.sequence() == Rule.RESETS);
        if (resets) {
            return Math.max(numbers.out(), numbers.in()) > RESET_MAX
                    ? Optional.of(
                            "the venue begins with 1 before each day, and more than %d is no beginning"
                                    .formatted(RESET_MAX))
                    : Optional.empty();
        }
        return Optional.ofNullable(check.more().before().get(service.name()))
                .filter(old -> numbers.out() < old.out() || numbers.in() < old.in())
                .map(old -> "they went back from %s, and the venue goes on".formatted(text(old)));
    }

    private static String text(SequenceNumbers numbers) {
        return "next out %d, next in %d".formatted(numbers.out(), numbers.in());
    }

    private OpenRow reconciled() {
        var gate = new Gate(GateName.RECONCILIATION.key(), Sense.AT_MOST, 0, "instruments", FRESH);
        return row("reconciled", gate, check.facts().measure(gate, service.name()));
    }

    private OpenRow kill() {
        var most =
                check.environment().gates().killTestedWithin().orElse(KILL_TESTED).toMillis()
                        / MILLIS_A_DAY;
        var gate = new Gate(GateName.KILL_TESTED.key(), Sense.AT_MOST, most, "days", FRESH);
        var at = check.more().killTested().get(service.name());
        Observed<Gate.Measure> age =
                at == null
                        ? Observed.unknown()
                        : new Observed<>(
                                new Gate.Measure(
                                        Duration.between(at, check.facts().at()).toMillis()
                                                / MILLIS_A_DAY,
                                        "the ledger"),
                                check.facts().at());
        var row = row("kill", gate, age);
        return row.answer() == OpenRow.Answer.YES
                ? row
                : no(row.name(), row.about(), row.says(), "`pitcrew kill --test`");
    }

    private OpenRow row(String name, Gate gate, Observed<Gate.Measure> measured) {
        var evidence = gate.judge(measured, check.facts().at());
        return evidence.passed()
                ? yes(name, service.name(), evidence.brief())
                : no(name, service.name(), evidence.brief(), "");
    }

    private <T> Optional<T> known(Observed<T> fact) {
        return fact.known(check.facts().at(), service.probes().limit());
    }
}
