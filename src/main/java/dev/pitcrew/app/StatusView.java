package dev.pitcrew.app;

import dev.pitcrew.app.DeskStatus.Change;
import dev.pitcrew.app.DeskStatus.Emergency;
import dev.pitcrew.app.DeskStatus.InstanceLine;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.app.DeskStatus.State;
import dev.pitcrew.app.DeskStatus.Stuck;
import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.Halting;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.deploy.Situation;
import dev.pitcrew.deploy.Terms;
import dev.pitcrew.deploy.Waits;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Words;
import dev.pitcrew.runtime.process.ResourceUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a [DeskStatus] from what the ledger says and from what was observed. Pure.
///
/// @param system the effective system of the environment
/// @param uses what instances use, by name
/// @param hosts on which host they are, by name; empty where there is only one
public record StatusView(
        TradingSystem system,
        Environment environment,
        Desk desk,
        Facts facts,
        Marks marks,
        Map<String, ResourceUse> uses,
        Map<String, String> hosts) {
    public StatusView {
        uses = Map.copyOf(uses);
        hosts = Map.copyOf(hosts);
    }

    /// @param unknown instances that run and that the ledger doesn't know
    public DeskStatus status(
            DeskStatus.Controller controller,
            DeskStatus.Ledger ledger,
            List<String> unknown,
            List<DeskStatus.Operator> operators) {
        return new DeskStatus(
                system.name(),
                environment.name(),
                facts.at(),
                controller,
                ledger,
                desk.freeze()
                        .map(
                                one ->
                                        "by "
                                                + one.by()
                                                + (one.reason().isEmpty()
                                                        ? ""
                                                        : ": " + one.reason()))
                        .orElse(null),
                system.services().stream().map(this::line).toList(),
                desk.emergencies().values().stream().map(this::emergency).toList(),
                new ArrayList<>(marks.singleOperator().values()),
                unknown.stream().sorted().toList(),
                about(),
                operators);
    }

    private DeskStatus.About about() {
        var owner =
                system.owner()
                        .map(one -> one.desk() + one.strategy().map(s -> ", " + s).orElse(""))
                        .orElse("");
        return new DeskStatus.About(owner, system.site().orElse(""), system.host());
    }

    private Emergency emergency(RolloutEvent.Approved one) {
        var due = one.at().plus(environment.reassessWithin());
        return new Emergency(
                one.rollout(), one.service(), one.by(), one.at(), due, facts.at().isAfter(due));
    }

    private ServiceLine line(Service service) {
        var state = desk.service(service.name());
        var keep = state.keep();
        return new ServiceLine(
                service.name(),
                Words.of(service.role()),
                keep.approved().map(Release::version).orElse(""),
                keep.lastGood().map(Release::version).orElse(""),
                state.roster().active().orElse(""),
                state.roster().token().value(),
                state.isKilled(),
                state.roster().instances().entrySet().stream()
                        .map(one -> instance(service, one.getKey(), one.getValue().version()))
                        .toList(),
                state.rollout().map(one -> change(service, state, one)).orElse(null),
                keep.mend()
                        .filter(Course::isUnderway)
                        .map(one -> mending(service, state, one))
                        .orElse(""),
                stuck(service, state),
                state.rollout().map(StatusView::ended).orElse(""),
                state.rollout()
                        .map(one -> one instanceof Rollout.Over over ? over.outcome() : null)
                        .orElse(null),
                state.rollout().stream().flatMap(StatusView::overrides).toList());
    }

    /// They matter while the rollout is underway and for as long as nothing came after it; where it ended otherwise, nothing came of them.
    private static Stream<String> overrides(Rollout rollout) {
        var isOver = rollout instanceof Rollout.Over over && over.outcome() != Outcome.DONE;
        return isOver
                ? Stream.of()
                : rollout.plan().overrides().stream()
                        .map(
                                one ->
                                        "%s by %s: %s"
                                                .formatted(
                                                        one.gate().name(),
                                                        rollout.id(),
                                                        one.reason()));
    }

    private InstanceLine instance(Service service, String name, String version) {
        var seen = facts.of(name);
        Duration limit = service.probes().limit();
        var use = uses.get(name); // null when unknown
        return new InstanceLine(
                name,
                version,
                state(service, name),
                seen.openOrders().known(facts.at(), limit).orElse(null),
                use == null ? null : use.memoryBytes(),
                use == null ? null : use.cpu().toMillis(),
                hosts.get(name));
    }

    private State state(Service service, String name) {
        var seen = facts.of(name);
        var limit = service.probes().limit();
        if (seen.process().known(facts.at(), limit).filter(ProcessState.DEAD::equals).isPresent()) {
            return State.DEAD;
        }
        var isActive = desk.service(service.name()).roster().active().equals(Optional.of(name));
        // As the keeper judges: who costs nothing by its silence gets the time that a start may
        // take.
        var hangLimit =
                isActive
                        ? service.singleActive().map(one -> one.hangLimit()).orElse(limit)
                        : service.rollout().readyLimit();
        if (seen.silence().filter(one -> one.exceeds(hangLimit, facts.at())).isPresent()) {
            return State.HANGING;
        }
        var ready = seen.ready().known(facts.at(), limit);
        // Who can't be asked whether it is active is so as soon as it runs.
        var isActiveUnasked = isActive && service.probe(ProbeName.ACTIVE).isEmpty();
        if (seen.active().known(facts.at(), limit).orElse(isActiveUnasked && ready.orElse(false))) {
            return State.ACTIVE;
        }
        return ready.map(it -> it ? State.READY : State.NOT_READY).orElse(State.UNKNOWN);
    }

    private @Nullable Change change(Service service, ServiceState state, Rollout rollout) {
        var name =
                switch (rollout) {
                    case Rollout.Waiting _ -> "waiting";
                    case Rollout.Going _ -> "going";
                    case Rollout.Returning _ -> "returning";
                    case Rollout.Over _ -> "";
                };
        if (name.isEmpty()) {
            return null;
        }
        var plan = rollout.plan();
        var course = rollout.underway().filter(Course::isUnderway);
        return new Change(
                rollout.id(),
                plan.from().map(Release::version).orElse(""),
                plan.to().version(),
                name,
                course.map(one -> one.step().name()).orElse(""),
                course.map(one -> one.index() + 1).orElse(0),
                course.map(one -> one.steps().size()).orElse(plan.forward().size()),
                Waits.reason(rollout, situation(service, state)),
                plan.approval().hash());
    }

    private String mending(Service service, ServiceState state, Course course) {
        var waits = Waits.course(course, situation(service, state));
        return course.id()
                + " "
                + course.step().name()
                + (waits.isEmpty() ? "" : ", waits for " + waits);
    }

    private Situation situation(Service service, ServiceState state) {
        return Situation.of(service, state, facts, Terms.of(system, environment));
    }

    private @Nullable Stuck stuck(Service service, ServiceState state) {
        var orderFlow = Halting.sentence(situation(service, state));
        Optional<Stuck> keeper =
                state.keep()
                        .stuck()
                        .map(one -> new Stuck(one.name(), one.reason(), orderFlow, one.next()));
        Optional<Stuck> rollout =
                state.rollout()
                        .filter(
                                one ->
                                        one instanceof Rollout.Over over
                                                && over.outcome() == Outcome.STUCK)
                        .map(one -> (Rollout.Over) one)
                        .map(
                                one ->
                                        new Stuck(
                                                one.id() + " to " + one.plan().to().version(),
                                                one.reason(),
                                                orderFlow,
                                                one.next()));
        return keeper.or(() -> rollout).orElse(null);
    }

    private static String ended(Rollout rollout) {
        return rollout instanceof Rollout.Over(var id, var plan, var outcome, var reason, _)
                ? "%s to %s: %s%s"
                        .formatted(
                                id,
                                plan.to().version(),
                                Words.of(outcome).replace('-', ' '),
                                reason.isEmpty() ? "" : ", " + reason)
                : "";
    }
}
