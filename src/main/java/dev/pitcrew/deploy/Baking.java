package dev.pitcrew.deploy;

import dev.pitcrew.deploy.JudgeEvent.BaselineTaken;
import dev.pitcrew.deploy.JudgeEvent.JudgingBegun;
import dev.pitcrew.deploy.JudgeEvent.Looked;
import dev.pitcrew.deploy.JudgeEvent.PersonAsked;
import dev.pitcrew.deploy.JudgeEvent.Reading;
import dev.pitcrew.judge.Judge.Stage;
import dev.pitcrew.judge.Judgement;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.judge.Verdict;
import dev.pitcrew.judge.input.Comparison;
import dev.pitcrew.judge.input.Scrape;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.OnInconclusive;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.StrategyName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Judges a new version while it bakes: against the instances of the old one that serve beside it, else against what the old one did before.
///
/// | verdict | before the limit | at the limit |
/// |---|---|---|
/// | FAIL | it goes back at once | it goes back |
/// | PASS | it is done, once it was watched long enough | it is done |
/// | CONTINUE | it is watched | |
/// | INCONCLUSIVE | | as `onInconclusive` says |
/// | NO_DATA | it is watched | it goes back |
///
/// All that is remembered is in the course, by events: what every instance had counted when the step began. What was counted since is a
/// difference of sums, so no look is lost with a controller, and it makes no difference how often one looks.
final class Baking {
    // Against the past the share grows from look to look, so the prior is that of any share that
    // was
    // fixed beforehand.
    private static final double HALF = 0.5;
    private static final int LOOKS_NOTED = 24; // of a step, at most, besides those that decide

    private final Course course;
    private final Situation situation;
    private final Service service;
    private final Judging judging;
    private final Judged judged;
    private final Instant now;

    private Baking(Course course, Situation situation, Judging judging) {
        this.course = course;
        this.situation = situation;
        this.service = situation.service();
        this.judging = judging;
        this.judged = course.judging();
        this.now = situation.facts().at();
    }

    /// How the service's course is judged; empty when it is not. The way back to the last good version never waits for evidence.
    static Optional<Judging> judging(Course course, Situation situation) {
        return situation
                .service()
                .rollout()
                .judge()
                .filter(_ -> isJudged(course, situation.service()))
                .filter(_ -> !situation.keep().lastGood().equals(Optional.of(course.release())))
                .filter(_ -> !isAfterCanary(course, situation.service()));
    }

    /// Once everybody is at the new version nothing is left to compare it with, and it was compared at each share.
    private static boolean isAfterCanary(Course course, Service service) {
        return isCanary(service)
                && course.step() instanceof Step.Bake
                && course.steps().subList(course.index() + 1, course.steps().size()).stream()
                        .noneMatch(Step.Bake.class::isInstance);
    }

    private static boolean isCanary(Service service) {
        return service.rollout().strategy() == StrategyName.CANARY;
    }

    /// What was compared in shadow is judged there, side by side, and not once more against the past.
    private static boolean isJudged(Course course, Service service) {
        return service.rollout().strategy() == StrategyName.SHADOW
                ? course.isUnderway() && course.step() instanceof Step.Compare
                : course.steps().stream().anyMatch(Step.Bake.class::isInstance);
    }

    /// What the old version did, as soon as it is known and as long as nothing is seen of the new one; empty when there is nothing to note.
    static Optional<Event> baseline(Course course, Situation situation) {
        return judging(course, situation)
                .map(one -> new Baking(course, situation, one))
                .flatMap(Baking::baseline);
    }

    /// What the step wants now. The instance itself was found alive and well.
    static Move move(Course course, Situation situation, Judging judging, Step.Bake bake) {
        return new Baking(course, situation, judging).move(bake);
    }

    private Optional<Event> baseline() {
        if (judged.baseline().isPresent() || judged.begun().isPresent() || !needsPast()) {
            return Optional.empty();
        }
        // A standby has counted nothing, so it does not have to answer.
        var before =
                service.singleActive().isPresent()
                        ? course.from().stream().toList()
                        : old().toList();
        var past = together(before, Sampled::past);
        return past.filter(one -> !one.values().isEmpty())
                .map(one -> new BaselineTaken(now, service.name(), course.id(), Tally.of(one)));
    }

    /// Whether no instance of the old version will serve beside the new one.
    private boolean needsPast() {
        if (course.step() instanceof Step.Compare) {
            return false;
        }
        return service.singleActive().isPresent()
                || service.rollout().strategy() == StrategyName.STOP_START
                || (course.step() instanceof Step.Bake && beside().isEmpty());
    }

    private Stream<String> old() {
        return situation.roster().instances().entrySet().stream()
                .filter(one -> !one.getValue().equals(course.release()))
                .map(one -> one.getKey());
    }

    /// Instances of the old version that get requests now; as young ones alone, where this course started some to compare with.
    private List<String> beside() {
        if (course.step() instanceof Step.Compare) {
            return course.from().stream().toList();
        }
        if (service.singleActive().isPresent()) {
            return List.of();
        }
        var routed = situation.roster().routed().targets();
        var origins = situation.roster().origins();
        var all = old().filter(routed::contains).toList();
        var young = all.stream().filter(one -> course.id().equals(origins.get(one))).toList();
        return young.isEmpty() ? all : young;
    }

    private List<String> fresh() {
        return service.singleActive().isPresent()
                ? course.to().stream().toList()
                : situation.roster().running(course.release()).toList();
    }

    /// What several instances said, when it is known of each one; empty else, and of none.
    private Optional<Scrape> together(List<String> instances, Function<Sampled, Scrape> what) {
        var samples = instances.stream().map(situation.facts()::sampled).toList();
        return samples.isEmpty() || samples.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(
                        Scrape.together(
                                samples.stream().map(one -> what.apply(one.get())).toList()));
    }

    private Move move(Step.Bake bake) {
        var limit = course.since().plus(bake.limit());
        var isOver = !now.isBefore(limit) && !isHeld();
        if (judged.begun().isEmpty()) {
            return begin().<Move>map(Move.Note::new)
                    .orElseGet(
                            () -> now.isBefore(limit) ? new Move.Wait(unread()) : noData(unread()));
        }
        var decided = judged.looked().filter(Looked::decides);
        if (decided.filter(one -> one.verdict().equals(Verdict.FAIL.name())).isPresent()) {
            return new Move.Failed(decided.get().sentence());
        }
        if (decided.filter(one -> one.verdict().equals(Verdict.PASS.name())).isPresent()) {
            return new Move.Taken(decided.get().sentence());
        }
        var move = move(judge(isOver ? Stage.OVER : Stage.UNDERWAY), bake, isOver);
        return move instanceof Move.Wait(var reason) && !now.isBefore(limit)
                ? new Move.Ask("more to judge by until the moment of hold-until; " + reason)
                : move;
    }

    /// Whether the step may take longer than its limit, because the file says until when.
    private boolean isHeld() {
        return judging.onInconclusive() instanceof OnInconclusive.HoldUntil(var until)
                && now.isBefore(until);
    }

    /// What is decided by a look is noted before, so that the ledger has what it was decided by.
    private Move move(Judgement judgement, Step.Bake bake, boolean isOver) {
        var verdict = judgement.verdict();
        var said = "judged %s against %s: %s".formatted(verdict, against(), judgement.sentence());
        boolean isEarly = now.isBefore(course.since().plus(bake.atLeast()));
        boolean decides =
                switch (verdict) {
                    case FAIL, INCONCLUSIVE -> true;
                    case PASS -> !isEarly;
                    case NO_DATA -> isOver;
                    case CONTINUE -> false;
                };
        if (decides && judged.looked().filter(one -> isOf(one, verdict)).isEmpty()) {
            return new Move.Note(looked(judgement, said));
        }
        if (!decides && isNoteDue(bake)) {
            return new Move.Note(looked(judgement, ""));
        }
        return switch (verdict) {
            case FAIL -> new Move.Failed(said);
            case PASS ->
                    isEarly
                            ? new Move.Wait(said + "; watched since " + course.since())
                            : new Move.Taken(said);
            case NO_DATA -> isOver ? new Move.Failed(said) : new Move.Wait(said);
            case CONTINUE -> new Move.Wait(said);
            case INCONCLUSIVE -> undecided(said);
        };
    }

    private static boolean isOf(Looked look, Verdict verdict) {
        return look.decides() && look.verdict().equals(verdict.name());
    }

    private boolean isNoteDue(Step.Bake bake) {
        return judged.looked()
                .map(one -> !now.isBefore(one.at().plus(bake.limit().dividedBy(LOOKS_NOTED))))
                .orElse(true);
    }

    private Looked looked(Judgement judgement, String said) {
        var readings =
                judgement.metrics().stream()
                        .filter(one -> Double.isFinite(one.logE()))
                        .map(
                                one ->
                                        new Reading(
                                                one.metric(),
                                                one.logE(),
                                                one.limit(),
                                                one.baseline().of(),
                                                one.canary().of()))
                        .toList();
        var beside = judged.begun().orElseThrow().beside();
        var all = Stream.concat(fresh().stream(), beside.stream()).toList();
        return new Looked(
                now,
                service.name(),
                course.id(),
                course.index(),
                judgement.verdict().name(),
                said,
                readings,
                said.isEmpty() ? List.of() : Tally.of(latest(all)));
    }

    private static Move noData(String reason) {
        return new Move.Failed("judged NO_DATA: " + reason);
    }

    private String unread() {
        return "the numbers of %s were not read".formatted(String.join(" and ", fresh()));
    }

    private Optional<Event> begin() {
        var beside = beside();
        var instances = Stream.concat(fresh().stream(), beside.stream()).toList();
        return fresh().isEmpty()
                ? Optional.empty()
                : together(instances, Sampled::latest)
                        .map(
                                one ->
                                        new JudgingBegun(
                                                now,
                                                service.name(),
                                                course.id(),
                                                course.index(),
                                                beside,
                                                Tally.of(one)));
    }

    private String against() {
        var beside = judged.begun().orElseThrow().beside();
        return beside.isEmpty() ? "its past" : String.join(" and ", beside);
    }

    private Judgement judge(Stage stage) {
        var isBeside = !judged.begun().orElseThrow().beside().isEmpty();
        var bakes =
                course.step() instanceof Step.Compare
                        ? 1
                        : course.steps().stream().filter(Step.Bake.class::isInstance).count();
        var unjudged = isCanary(service) ? 1 : 0;
        var rules =
                new Rules(
                        judging.alpha().value() / Math.max(1, bakes - unjudged),
                        judging.alphaPass().value(),
                        Rules.DEFAULT.expected(),
                        Rules.DEFAULT.valuesMin(),
                        isBeside ? 0 : HALF);
        return new Compared(judging, service, comparison(), isBeside).judge(rules, stage);
    }

    private Comparison comparison() {
        return Compared.since(
                judged.baseline(),
                judged.begun().orElseThrow(),
                latest(fresh()),
                latest(judged.begun().orElseThrow().beside()));
    }

    private Scrape latest(List<String> instances) {
        return Scrape.together(
                instances.stream()
                        .flatMap(one -> situation.facts().sampled(one).stream())
                        .map(Sampled::latest)
                        .toList());
    }

    private Move undecided(String said) {
        return switch (judging.onInconclusive()) {
            case OnInconclusive.Keep _ -> new Move.Taken(said);
            case OnInconclusive.Rollback _ -> new Move.Failed(said);
            case OnInconclusive.PromoteWithApproval _ -> ask(said);
            case OnInconclusive.HoldUntil(var until) ->
                    new Move.Failed(said + "; it was held until " + until);
        };
    }

    private Move ask(String said) {
        if (judged.keptBy().isPresent()) {
            return new Move.Taken(said + "; an operator keeps it");
        }
        if (judged.asked().isEmpty()) {
            return new Move.Note(
                    new PersonAsked(now, service.name(), course.id(), course.index(), said));
        }
        var until = judged.asked().get().at().plus(judging.answerLimit());
        return now.isBefore(until)
                ? new Move.Ask("somebody who keeps it or aborts it until " + until + "; " + said)
                : new Move.Failed(
                        "%s; nobody decided within %s"
                                .formatted(said, Words.of(judging.answerLimit())));
    }
}
