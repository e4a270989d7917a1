package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Roster;
import dev.pitcrew.model.ContainerSpec;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.http.HookAnswer;
import dev.pitcrew.runtime.http.HookCall;
import dev.pitcrew.runtime.http.Hooks;
import dev.pitcrew.runtime.process.AdoptSpec;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.runtime.process.Processes;
import dev.pitcrew.runtime.process.Started;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Performs effects on processes, traffic and services of this machine, each on a virtual thread of its own.
final class LocalPerformer implements Performer {
    private static final Duration LIMIT =
            Duration.ofSeconds(15); // above that of every port, so nearly never reached
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final TradingSystem system;
    private final Supplier<Desk> desk;
    private final Processes processes;
    private final SteeringPerformer steering;
    private final Hooks hooks;
    private final Launcher launcher;
    private final Instances instances;
    private final PendingKills kills;
    private final Consumer<String> onStart;

    /// @param system the effective system of the environment
    /// @param kills what a new instance may not know of
    /// @param onStart is told the name of an instance that runs, before the outcome is
    LocalPerformer(
            TradingSystem system,
            Supplier<Desk> desk,
            Processes processes,
            SteeringPerformer steering,
            Hooks hooks,
            Launcher launcher,
            Instances instances,
            PendingKills kills,
            Consumer<String> onStart) {
        this.system = system;
        this.desk = desk;
        this.processes = processes;
        this.steering = steering;
        this.hooks = hooks;
        this.launcher = launcher;
        this.instances = instances;
        this.kills = kills;
        this.onStart = onStart;
    }

    @Override
    public void perform(String service, String course, Effect effect, Outcome outcome) {
        var task = new FutureTask<>(() -> perform(system.service(service), course, effect));
        Thread.ofVirtual().name(course + " " + effect).start(task);
        var limit = LIMIT.plus(launcher.grace(system.service(service)));
        Thread.ofVirtual()
                .name("wait for " + course)
                .start(
                        () -> {
                            switch (await(task, limit)) {
                                case Came.Done(var detail) -> outcome.confirmed(detail);
                                case Came.Not(var reason) -> outcome.failed(reason);
                            }
                        });
    }

    private static Came await(FutureTask<Came> task, Duration limit) {
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            task.cancel(true);
            return new Came.Not("no outcome within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            return new Came.Not(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Came.Not("interrupted");
        }
    }

    private Came perform(Service service, String course, Effect effect) throws IOException {
        return switch (effect) {
            case Effect.Start(var instance, var version) ->
                    latched(service, version, instance, start(service, version, instance, course));
            // It may send from the moment that it runs, so it is not started to latch then.
            case Effect.StartActive _ when kills.waits(service.name()) -> waiting(service);
            case Effect.StartActive(var instance, var version) ->
                    latched(service, version, instance, start(service, version, instance, course));
            case Effect.Adopt adopt -> adopt(service, adopt);
            case Effect.Stop(var instance) -> ended(instance, processes.stop(instance, GRACE));
            case Effect.Kill(var instance) -> ended(instance, processes.kill(instance));
            case Effect.Drain(var instance, var token, var policy) ->
                    hook(service, instance, HookName.DRAIN, token, course, Optional.of(policy));
            // Nobody decides that; but what has no right to send gets none, whoever decides.
            case Effect.Activate(var instance, _) when Roster.isShadow(instance) ->
                    new Came.Not(instance + " is a shadow, which nobody may activate");
            case Effect.Activate _, Effect.Rearm _ when kills.waits(service.name()) ->
                    waiting(service);
            case Effect.Activate _ when kills.isInForce(service.name()) ->
                    new Came.Not(service.name() + " was killed, and is not re-armed");
            case Effect.Activate(var instance, var token) ->
                    hook(service, instance, HookName.ACTIVATE, token, course, Optional.empty());
            case Effect.Deactivate(var instance, var token) ->
                    hook(service, instance, HookName.DEACTIVATE, token, course, Optional.empty());
            case Effect.Rearm(var instance, _)
                    when !service.hooks().containsKey(HookName.REARM)
                            && !service.hooks().containsKey(HookName.KILL) ->
                    new Came.Done(instance + " has no latch of its own");
            case Effect.Rearm(var instance, var token) ->
                    hook(service, instance, HookName.REARM, token, course, Optional.empty());
            case Effect.Steering it -> steering.perform(service, course, it);
        };
    }

    private Came start(Service service, String version, String instance, String course)
            throws IOException {
        if (processes.state(instance) instanceof Running(long pid, _, _)) {
            return adopt(service, version, instance, pid);
        }
        instances.forget(instance);
        var whole = service.at(new Version(version));
        var started = Roster.isShadow(instance) ? whole.inShadow() : whole;
        var spec = launcher.spec(started, version, instance, course, release(service, instance));
        return begun(instance, processes.start(spec), "pid %d");
    }

    private Came begun(String instance, Started started, String detail) {
        return switch (started) {
            case Started.Runs(long pid, _, _) -> {
                onStart.accept(instance);
                yield new Came.Done(detail.formatted(pid));
            }
            case Started.Refused(var reason) -> new Came.Not(reason);
        };
    }

    private Came adopt(Service service, Effect.Adopt it) {
        instances.forget(it.instance());
        var inside = service.at(new Version(it.version())).container();
        return begun(
                it.instance(),
                processes.adopt(
                        new AdoptSpec(
                                it.instance(),
                                service.name(),
                                it.version(),
                                it.container(),
                                inside.map(ContainerSpec::ports).orElse(Map.of()))),
                "pid %d, which runs on as it was");
    }

    /// What the ledger lists it as, before it is started.
    private Optional<Release> release(Service service, String instance) {
        return Optional.ofNullable(
                desk.get().service(service.name()).roster().instances().get(instance));
    }

    private static Came waiting(Service service) {
        return new Came.Not(
                service.name() + " was killed, and the ledger has not taken that in yet");
    }

    /// Where a kill is in force, an instance that starts takes it before anything else: those that ran then may all have been cut, and
    /// nobody has written the latch. One that doesn't take it is ended.
    private Came latched(Service service, String version, String instance, Came came) {
        if (!(came instanceof Came.Done(var detail)) || !kills.isInForce(service.name())) {
            return came;
        }
        var now = service.at(new Version(version));
        var objection =
                instances
                        .of(now, version, instance)
                        .map(one -> kills.latch(now, one, () -> !processes.state(instance).dead()))
                        .orElse(Optional.of("nobody knows where it listens"));
        return objection
                .<Came>map(
                        why -> {
                            processes.kill(instance);
                            return new Came.Not(
                                    "%s did not take the kill that is in force, and was ended: %s"
                                            .formatted(instance, why));
                        })
                .orElseGet(() -> new Came.Done(detail + ", and its kill latch is set"));
    }

    /// A process that runs under the name already: ours, if the start was performed before, else somebody of whom the ledger knows nothing.
    private Came adopt(Service service, String version, String instance, long pid) {
        var isOurs =
                processes.known().stream()
                        .filter(one -> one.instance().equals(instance))
                        .anyMatch(
                                one ->
                                        one.service().equals(service.name())
                                                && one.version().equals(version));
        if (!isOurs) {
            return new Came.Not(
                    "another process runs as %s already, pid %d, and not version %s: find out what it does, and end it"
                            .formatted(instance, pid, version));
        }
        onStart.accept(instance);
        return new Came.Done("pid " + pid + ", which ran already");
    }

    private static Came ended(String instance, ProcessState state) {
        return switch (state) {
            case ProcessState.Exited(int code, _, var why) ->
                    new Came.Done(
                            instance + " ended with " + code + (why.isEmpty() ? "" : ": " + why));
            case ProcessState.Gone(var why) -> new Came.Done(why);
            case Running(long pid, _, _) -> new Came.Not(instance + " still lives as pid " + pid);
            case ProcessState.Unknown(var why) -> new Came.Not(why);
        };
    }

    private Came hook(
            Service service,
            String instance,
            HookName name,
            Token token,
            String course,
            Optional<DrainPolicy> policy) {
        var version = desk.get().service(service.name()).roster().versionOf(instance);
        var declared = version.flatMap(one -> service.at(new Version(one)).hook(name));
        var where =
                version.flatMap(one -> instances.of(service.at(new Version(one)), one, instance));
        if (declared.isEmpty() || where.isEmpty()) {
            return new Came.Not(
                    declared.isEmpty()
                            ? "%s declares no %s hook".formatted(service.name(), name.key())
                            : "nobody knows where " + instance + " listens");
        }
        var call =
                new HookCall(
                        where.get(), name, declared.get(), token, course, policy, Optional.empty());
        var did = name.key() + " of " + instance;
        return switch (hooks.call(call)) {
            case HookAnswer.Done _ -> new Came.Done(did + " is done");
            // Whether it is done is for its probes to say.
            case HookAnswer.InProgress _ -> new Came.Done(did + " is accepted and in progress");
            case HookAnswer.OlderToken(long highest) ->
                    new Came.Not(
                            "%s was refused: token %s is older than %d, which it has seen"
                                    .formatted(did, token, highest));
            case HookAnswer.Latched _ -> new Came.Not(did + " was refused: its kill latch is set");
            case HookAnswer.Refused(int status, var text) ->
                    new Came.Not("%s was refused with %d: %s".formatted(did, status, text));
            case HookAnswer.Unreachable(var why) ->
                    new Came.Not(did + " was not delivered: " + why);
            case HookAnswer.TimedOut _ ->
                    new Came.Not(
                            did
                                    + " got no answer within "
                                    + declared.get().timeout().toMillis()
                                    + " ms");
        };
    }
}
