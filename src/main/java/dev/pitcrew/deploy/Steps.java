package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Move.Taken;
import dev.pitcrew.deploy.Move.Wait;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What each kind of [Step] does and when it counts as taken. Pure: reads a course and a situation, and says one [Move].
final class Steps {
    private final Course course;
    private final Situation situation;

    private Steps(Course course, Situation situation) {
        this.course = course;
        this.situation = situation;
    }

    /// What the step underway wants now; no effect of it is outstanding.
    static Move move(Course course, Situation situation) {
        return Guards.strike(course, situation).orElseGet(() -> unstruck(course, situation));
    }

    private static Move unstruck(Course course, Situation situation) {
        var here = new StepContext(course, situation);
        var giving = new GivingSteps(here);
        var taking = new TakingSteps(here);
        var watching = new BakeSteps(here);
        var many = new ManySteps(course, situation, taking::warm);
        var from = course.from();
        var to = course.to();
        return switch (course.step()) {
            case Step.Check check when course.isOfMany() ->
                    many.casualty()
                            .<Move>map(Move.Failed::new)
                            .orElseGet(() -> new Steps(course, situation).check(check));
            case Step.Check check -> new Steps(course, situation).check(check);
            case Step.Start _ -> taking.start();
            case Step.StartActive _ -> taking.startActive();
            case Step.Adopt adopt -> new AdoptingSteps(here).adopt(adopt);
            case Step.Warm _ -> to.map(taking::warm).orElseGet(StepContext::nobody);
            case Step.Hold hold -> here.until(new Effect.Hold(hold.held()), "new orders are held");
            case Step.Drain _ -> from.map(giving::drain).orElseGet(StepContext::nothingToDo);
            case Step.Deactivate _ ->
                    from.map(giving::deactivate).orElseGet(StepContext::nothingToDo);
            case Step.Fence _ -> giving.fence();
            case Step.Rearm _ -> to.map(taking::rearm).orElseGet(StepContext::nobody);
            case Step.Activate _ -> to.map(taking::activate).orElseGet(StepContext::nobody);
            case Step.Reconcile _ -> taking.reconcile();
            case Step.Route route when course.isOfMany() -> many.route(route.back());
            case Step.Route route ->
                    to.map(one -> taking.route(one, route.back())).orElseGet(StepContext::nobody);
            case Step.Bake bake when course.isOfMany() -> watching.bake(many, bake);
            case Step.Bake bake ->
                    to.map(one -> watching.bake(one, bake)).orElseGet(StepContext::nobody);
            case Step.Stop _ -> from.map(giving::stop).orElseGet(StepContext::nothingToDo);
            case Step.Grow grow -> many.grow(grow);
            case Step.WarmAll _ -> many.warmAll();
            case Step.Join _ -> many.join();
            case Step.Share share -> many.share(share.share());
            case Step.Shrink shrink -> many.shrink(shrink);
            case Step.Leave _ -> from.map(many::leave).orElseGet(StepContext::nothingToDo);
            case Step.Rejoin _ -> to.map(many::rejoin).orElseGet(StepContext::nobody);
            case Step.Shadow _ -> taking.shadow();
            case Step.Compare compare ->
                    to.map(one -> watching.compare(one, compare)).orElseGet(StepContext::nobody);
            case Step.EndShadow _ -> to.map(taking::endShadow).orElseGet(StepContext::nobody);
        };
    }

    /// What one of the new instances suffered that no version may.
    static Optional<String> casualty(Course course, Situation situation) {
        var taking = new TakingSteps(new StepContext(course, situation));
        return new ManySteps(course, situation, taking::warm).casualty();
    }

    private Move check(Step.Check check) {
        var evidence = judge(check).toList();
        var shut = evidence.stream().filter(one -> !one.passed()).toList();
        return shut.isEmpty()
                ? new Taken(Gate.sentences(evidence))
                : new Wait(Gate.sentences(shut));
    }

    private Stream<Gate.Evidence> judge(Step.Check check) {
        return check.gates().stream()
                .map(
                        gate ->
                                gate.judge(
                                        Gates.measure(gate, course, situation),
                                        situation.facts().at()));
    }

    /// What each gate says, for a person who waits.
    static List<Gate.Evidence> evidence(Course course, Step.Check check, Situation situation) {
        return new Steps(course, situation).judge(check).toList();
    }

    /// The gates that are shut, for a person who waits.
    static String shut(Course course, Step.Check check, Situation situation) {
        return new Steps(course, situation)
                .judge(check)
                .filter(one -> !one.passed())
                .map(Gate.Evidence::brief)
                .collect(Collectors.joining("; "));
    }
}
