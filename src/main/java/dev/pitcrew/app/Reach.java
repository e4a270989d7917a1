package dev.pitcrew.app;

import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Probe.HttpProbe;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.Token;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.KnownInstances;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.HookAnswer;
import dev.pitcrew.runtime.http.HookCall;
import dev.pitcrew.runtime.http.Hooks;
import dev.pitcrew.runtime.http.Instance;
import dev.pitcrew.runtime.http.ProbeReading;
import dev.pitcrew.runtime.http.Probing;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.ProcessState;
import dev.pitcrew.runtime.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reaches the instances of a system without a controller: through the registry of processes, their hooks and their probes.
///
/// @param system the effective system of the environment
/// @param folder the environment's data folder
/// @param instances as hooks and probes need them
public record Reach(
        TradingSystem system,
        Path folder,
        Processes processes,
        Hooks hooks,
        Probing probing,
        KnownInstances instances) {
    /// @param variables our own environment, for `${env.NAME}` in commands
    public Reach(
            TradingSystem system,
            Path folder,
            Processes processes,
            Hooks hooks,
            Probing probing,
            Map<String, String> variables) {
        this(
                system,
                folder,
                processes,
                hooks,
                probing,
                new KnownInstances(system, folder, processes, variables));
    }

    /// Without any variables of our own.
    public Reach(
            TradingSystem system, Path folder, Processes processes, Hooks hooks, Probing probing) {
        this(system, folder, processes, hooks, probing, Map.of());
    }

    /// An instance that lives, or of which it can't be told.
    ///
    /// @param service as its version of it is
    record Alive(KnownProcess process, Service service) {
        String name() {
            return process.instance();
        }
    }

    /// All instances of a service that are not confirmed dead.
    List<Alive> alive(Service service) {
        return processes.known().stream()
                .filter(one -> one.service().equals(service.name()) && !one.state().dead())
                .map(one -> new Alive(one, at(service, one.version())))
                .toList();
    }

    /// Instances whose entries can't be read, so that nobody can say what they are, and what is wrong.
    Map<String, String> unreadable() {
        var names = new TreeMap<String, String>();
        for (var one : processes.known()) {
            if (!one.isReadable() && one.state() instanceof ProcessState.Unknown(var why)) {
                names.put(one.instance(), why);
            }
        }
        return names;
    }

    private static Service at(Service service, String version) {
        return Version.isVersion(version) ? service.at(new Version(version)) : service;
    }

    /// Tells an instance to kill; one without the hook, or without a port for it, refuses.
    ///
    /// @param limit how long it goes on cancelling
    HookAnswer kill(Alive one, Duration limit) {
        return tell(one, HookName.KILL, Token.NONE, "kill", Optional.of(limit));
    }

    /// Calls another hook as part of a kill.
    HookAnswer tell(Alive one, HookName name, Token token) {
        return tell(one, name, token, "kill");
    }

    /// Calls a hook.
    ///
    /// @param change what the call belongs to; goes into the service's log
    HookAnswer tell(Alive one, HookName name, Token token, String change) {
        return tell(one, name, token, change, Optional.empty());
    }

    private HookAnswer tell(
            Alive one, HookName name, Token token, String change, Optional<Duration> limit) {
        var hook = one.service().hook(name);
        if (hook.isEmpty()) {
            return new HookAnswer.Refused(
                    0, one.service().name() + " declares no hook " + name.key());
        }
        return hooks.call(
                new HookCall(
                        instance(one), name, hook.get(), token, change, Optional.empty(), limit));
    }

    /// The highest activation token that it has seen, as it says.
    Token token(Alive one) {
        return count(one, ProbeName.TOKEN).map(Token::new).orElse(Token.NONE);
    }

    /// Reads a number; empty when it is not declared, can't be read, or is none.
    Optional<Long> count(Alive one, ProbeName name) {
        return ask(one, name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    /// Reads one fact; empty when it is not declared or can't be read.
    Optional<String> ask(Alive one, ProbeName name) {
        return ask(one, name, one.service().probes().timeout());
    }

    /// The same with another limit than the service's.
    Optional<String> ask(Alive one, ProbeName name, Duration timeout) {
        return one.service()
                .probe(name)
                .flatMap(
                        probe ->
                                value(
                                        Optional.ofNullable(
                                                probing.read(
                                                                instance(one),
                                                                Map.of(name, probe),
                                                                timeout)
                                                        .get(name))));
    }

    /// Whether anything answers at the instance's `http` port, whatever it says.
    boolean answers(Alive one) {
        var ready = new HttpProbe("/ready", Optional.empty());
        return probing.read(
                                instance(one),
                                Map.of(ProbeName.READY, ready),
                                one.service().probes().timeout())
                        .get(ProbeName.READY)
                instanceof ProbeReading.Value;
    }

    /// The body of a GET; empty when there is none.
    Optional<String> fetch(Alive one, String path, Duration timeout) {
        var port = one.process().ports().get("http");
        return port == null
                ? Optional.empty()
                : value(
                        Optional.of(
                                probing.fetch(
                                        new Address(one.process().host(), port), path, timeout)));
    }

    /// Kills the process and all that it started.
    ProcessState cut(Alive one) {
        return processes.kill(one.name());
    }

    Instance instance(Alive one) {
        return instances.of(one.service(), one.process());
    }

    private static Optional<String> value(Optional<ProbeReading> reading) {
        return reading.flatMap(
                one ->
                        one instanceof ProbeReading.Value(var text, _)
                                ? Optional.of(text)
                                : Optional.empty());
    }
}
