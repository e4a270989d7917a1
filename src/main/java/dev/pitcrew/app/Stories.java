package dev.pitcrew.app;

import dev.pitcrew.app.RolloutView.GateLine;
import dev.pitcrew.app.RolloutView.Progress;
import dev.pitcrew.app.RolloutView.StepLine;
import dev.pitcrew.deploy.ApprovalNeed;
import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.JudgeEvent;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.RolloutEvent.Approved;
import dev.pitcrew.deploy.RolloutEvent.Finished;
import dev.pitcrew.deploy.RolloutEvent.Planned;
import dev.pitcrew.deploy.RolloutEvent.Started;
import dev.pitcrew.deploy.RolloutEvent.TurnedBack;
import dev.pitcrew.deploy.Situation;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.deploy.StepFailed;
import dev.pitcrew.deploy.StepTaken;
import dev.pitcrew.deploy.Terms;
import dev.pitcrew.deploy.VerdictPicture;
import dev.pitcrew.deploy.Waits;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last rollouts with what was seen at each of their steps: a fold over the ledger that changes in place, since a ledger is long and of
/// it only the end is kept. For one thread at a time.
public final class Stories {
    private static final int KEPT = 50;

    private final LinkedHashMap<String, Story> byRollout = new LinkedHashMap<>();

    /// What happened to one rollout.
    private static final class Story {
        final Planned planned;
        final Map<Way, StepLine> told = new HashMap<>();
        @Nullable Approved approved;
        @Nullable Started started;
        @Nullable TurnedBack turnedBack;
        @Nullable Finished finished;
        final List<JudgeEvent> judged = new ArrayList<>(); // no more than its steps may note

        Story(Planned planned) {
            this.planned = planned;
        }
    }

    /// A step of a course.
    record Way(String course, int index) {}

    /// What happened to one rollout, as it is kept.
    record Kept(
            Planned planned,
            Map<Way, StepLine> told,
            Optional<Approved> approved,
            Optional<Started> started,
            Optional<TurnedBack> turnedBack,
            Optional<Finished> finished,
            List<JudgeEvent> judged) {}

    /// All of it, as it is kept.
    public record All(List<Kept> stories) {}

    /// Goes on from what was kept.
    public static Stories of(All all) {
        var stories = new Stories();
        for (var one : all.stories()) {
            var story = new Story(one.planned());
            story.told.putAll(one.told());
            story.approved = one.approved().orElse(null);
            story.started = one.started().orElse(null);
            story.turnedBack = one.turnedBack().orElse(null);
            story.finished = one.finished().orElse(null);
            story.judged.addAll(one.judged());
            stories.byRollout.put(one.planned().rollout(), story);
        }
        return stories;
    }

    /// To be kept.
    public All kept() {
        return new All(
                byRollout.values().stream()
                        .map(
                                one ->
                                        new Kept(
                                                one.planned,
                                                Map.copyOf(one.told),
                                                Optional.ofNullable(one.approved),
                                                Optional.ofNullable(one.started),
                                                Optional.ofNullable(one.turnedBack),
                                                Optional.ofNullable(one.finished),
                                                List.copyOf(one.judged)))
                        .toList());
    }

    /// Takes an event in.
    public void hear(Event event) {
        switch (event) {
            case Planned one -> {
                byRollout.put(one.rollout(), new Story(one));
                if (byRollout.size() > KEPT) {
                    byRollout.pollFirstEntry();
                }
            }
            case RolloutEvent one -> {
                var story = byRollout.get(one.rollout());
                if (story != null) {
                    hear(story, one);
                }
            }
            case StepTaken one ->
                    hear(
                            one.course(),
                            one.index(),
                            new StepLine("", Progress.TAKEN, one.at(), one.evidence(), 0));
            case StepFailed one ->
                    hear(
                            one.course(),
                            one.index(),
                            new StepLine("", Progress.FAILED, one.at(), one.reason(), 0));
            case JudgeEvent one -> {
                int end = one.course().indexOf('/');
                var story = end < 0 ? null : byRollout.get(one.course().substring(0, end));
                if (story != null) {
                    story.judged.add(one);
                }
            }
            default -> {} // nothing about a rollout that is kept
        }
    }

    private static void hear(Story story, RolloutEvent event) {
        switch (event) {
            case Approved one -> story.approved = one;
            case Started one -> story.started = one;
            case TurnedBack one -> story.turnedBack = one;
            case Finished one -> story.finished = one;
            case Planned _, RolloutEvent.AbortAsked _, RolloutEvent.Kept _ -> {} // the desk says so
        }
    }

    private void hear(String course, int index, StepLine line) {
        int end = course.indexOf('/');
        var story = end < 0 ? null : byRollout.get(course.substring(0, end));
        if (story != null) {
            story.told.put(new Way(course, index), line);
        }
    }

    /// All that are kept, the newest first.
    ///
    /// @param system the effective system of the environment
    public List<RolloutView> views(
            TradingSystem system, Environment environment, Desk desk, Facts facts) {
        var views = new ArrayList<RolloutView>();
        for (var story : byRollout.values()) {
            var name = story.planned.service();
            if (system.services().stream().noneMatch(one -> one.name().equals(name))) {
                continue; // the system file names it no more
            }
            var state = desk.service(name);
            var situation =
                    Situation.of(system.service(name), state, facts, Terms.of(system, environment));
            var now = state.rollout().filter(one -> one.id().equals(story.planned.rollout()));
            views.add(view(story, now, situation));
        }
        return List.copyOf(views.reversed());
    }

    private static RolloutView view(Story story, Optional<Rollout> now, Situation situation) {
        var planned = story.planned;
        var plan = planned.plan();
        var need = plan.approval();
        var waiting = now.orElse(null) instanceof Rollout.Waiting one ? one : null;
        var waitsFor = now.map(one -> Waits.reason(one, situation)).orElse("");
        var underway = now.flatMap(Rollout::underway).filter(Course::isUnderway);
        return new RolloutView(
                planned.rollout(),
                planned.service(),
                Words.of(plan.purpose()),
                plan.strategy(),
                plan.from().map(Release::version).orElse(""),
                plan.to().version(),
                state(now),
                planned.by(),
                planned.at(),
                planned.reason(),
                Words.of(need.rule()),
                need.hash(),
                waiting != null
                        && (need.rule() == ApprovalNeed.Rule.TWO_PEOPLE
                                || need.isOutOfTheOrdinary())
                        && waiting.consent().isEmpty(),
                story.approved == null ? "" : story.approved.by(),
                story.started == null ? "" : story.started.mark(),
                steps(
                        story,
                        planned.rollout() + "/forward",
                        story.started == null ? plan.forward() : story.started.course().steps(),
                        underway,
                        waitsFor,
                        story.finished != null || story.turnedBack != null),
                story.turnedBack == null
                        ? List.of()
                        : steps(
                                story,
                                story.turnedBack.course().id(),
                                story.turnedBack.course().steps(),
                                underway,
                                waitsFor,
                                story.finished != null),
                now.map(one -> Waits.gates(one, situation)).orElse(List.of()).stream()
                        .map(one -> new GateLine(one.gate().name(), one.passed(), one.sentence()))
                        .toList(),
                plan.notes(),
                plan.overrides().stream()
                        .map(one -> one.gate().name() + ": " + one.reason())
                        .toList(),
                waitsFor,
                story.finished == null ? null : story.finished.outcome(),
                story.finished != null
                        ? story.finished.reason()
                        : story.turnedBack == null ? "" : story.turnedBack.reason(),
                story.finished == null ? "" : story.finished.next());
    }

    /// What the verdicts on a rollout were made from; none where it was not judged, or is not kept.
    public List<VerdictPicture> verdicts(TradingSystem system, String rollout) {
        var story = byRollout.get(rollout);
        if (story == null
                || system.services().stream()
                        .noneMatch(one -> one.name().equals(story.planned.service()))) {
            return List.of();
        }
        return VerdictPicture.of(system.service(story.planned.service()), story.judged);
    }

    private static String state(Optional<Rollout> now) {
        return now.map(
                        one ->
                                switch (one) {
                                    case Rollout.Waiting _ -> "waiting";
                                    case Rollout.Going _ -> "going";
                                    case Rollout.Returning _ -> "returning";
                                    case Rollout.Over _ -> "over";
                                })
                .orElse("over");
    }

    private static List<StepLine> steps(
            Story story,
            String course,
            List<Step> steps,
            Optional<Course> underway,
            String waitsFor,
            boolean isLeft) {
        var now = underway.filter(one -> one.id().equals(course)).map(Course::index).orElse(-1);
        var lines = new ArrayList<StepLine>();
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var told = story.told.get(new Way(course, i));
            var seconds = step.limit().toSeconds();
            if (told != null) {
                lines.add(
                        new StepLine(
                                step.name(), told.progress(), told.at(), told.told(), seconds));
            } else if (i == now) {
                lines.add(new StepLine(step.name(), Progress.NOW, null, waitsFor, seconds));
            } else {
                var progress = isLeft ? Progress.LEFT_OUT : Progress.AHEAD;
                lines.add(new StepLine(step.name(), progress, null, "", seconds));
            }
        }
        return lines;
    }
}
