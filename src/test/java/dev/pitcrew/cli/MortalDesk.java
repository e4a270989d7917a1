package dev.pitcrew.cli;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.app.LedgerFiles;
import dev.pitcrew.ledger.History;
import dev.pitcrew.ledger.Verdict;
import dev.pitcrew.ledger.Verification;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.TestingDeskFile;
import dev.pitcrew.runtime.TestingService;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.server.Operators;
import dev.pitcrew.server.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A desk of [TestingService]s in a folder: `gateway`, which fails over to a standby, `person`, which waits for a person
/// when it is lost, `judged`, whose versions are judged while they are watched, and `books`. Two operators have to agree to each change.
final class MortalDesk implements AutoCloseable {
    /// Versions by what they are like.
    static final Map<String, String> VERSIONS =
            Map.of(
                    "1", "good",
                    "2", "good",
                    "3", "refuses-once",
                    "4", "exits",
                    "5", "dies-active",
                    "6", "good");

    private final Path folder;
    private final LocalProcesses processes;
    private final TradingSystem system;
    private final Operators operators;
    private final Map<String, String> tokens = new TreeMap<>();

    MortalDesk(Path folder) throws IOException {
        this.folder = folder;
        system = TestingDeskFile.write(folder, TEXT, VERSIONS);
        Files.createDirectories(data().path());
        processes = new LocalProcesses(data().processes());
        operators = new Operators(data().operators(), new SecureRandom());
        List.of("ann", "bob").forEach(name -> tokens.put(name, operators.add(name)));
        PrivateFile.write(data().ownToken(), token("ann") + "\n"); // of who types a verb
    }

    Path file() {
        return folder.resolve("pitcrew.yaml");
    }

    DataFolder data() {
        return new DataFolder(folder.resolve("data"));
    }

    Path ledger() {
        return data().path().resolve("ledger.db");
    }

    String token(String operator) {
        return tokens.getOrDefault(operator, "");
    }

    /// Who may ask for something.
    List<String> operators() {
        return operators.names();
    }

    /// What lives, with its pid, as the host says.
    Map<String, Long> pids() {
        var pids = new TreeMap<String, Long>();
        for (var one : processes.known()) {
            if (one.state() instanceof Running(long pid, _, _)) {
                pids.put(one.instance(), pid);
            }
        }
        return pids;
    }

    /// The living instances of a service.
    List<KnownProcess> living(String service) {
        return processes.known().stream()
                .filter(one -> one.service().equals(service) && !one.state().dead())
                .toList();
    }

    /// Instances of versions that end by themselves.
    List<String> shortLived() {
        return processes.known().stream()
                .filter(one -> List.of("4", "5").contains(one.version()))
                .map(KnownProcess::instance)
                .toList();
    }

    /// Ends an instance with SIGKILL.
    void kill(String instance) {
        long pid = pids().getOrDefault(instance, -1L);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /// Sends a signal, such as `STOP`, to an instance.
    void signal(String instance, String signal) throws Exception {
        var pid = pids().getOrDefault(instance, -1L).toString();
        new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
    }

    /// Who began and who ended to be the active instance of the service, in order.
    List<String> senders(String service) throws IOException {
        return Files.readAllLines(data().path().resolve(service + TestingService.SENDERS));
    }

    /// Whether nobody altered the ledger.
    Verdict verdict() {
        var files = LedgerFiles.of(system, system.environment("demo"), data().path(), Map.of());
        try (var store = files.reading()) {
            return Verification.verify(History.of(store, files.key().verifier()), List.of());
        }
    }

    /// Ends all that runs.
    @Override
    public void close() {
        processes.known().forEach(one -> processes.kill(one.instance()));
    }

    /// It waits for a person when it is lost.
    private static final String PERSON =
            """
              person:
                role: strategy
                command: *command
                artifact: *artifact
                replicas: 1
                ports: *ports
                env: {SERVICE: person, PORT: "${port.http}", INSTANCE: "${instance}", DESK_DIR: "${dir}", VERSION_FILE: "${config}/versions/${version}.conf"}
                singleActive: {fence: [session, process], drain: {policy: hand-over, limit: 5s}, onFailure: person, hangLimit: 5s, twiceWithin: 10m}
                probes: *probes
                hooks: *hooks
                rollout: *rollout
            """;

    /// A person is asked about each of its changes, since nothing is ever asked of it that could be judged.
    private static final String JUDGED =
            """
              judged:
                role: strategy
                command: *command
                artifact: *artifact
                replicas: 1
                ports: *ports
                env: {SERVICE: judged, PORT: "${port.http}", INSTANCE: "${instance}", DESK_DIR: "${dir}", VERSION_FILE: "${config}/versions/${version}.conf"}
                singleActive: {fence: [session, process], drain: {policy: hand-over, limit: 5s}, onFailure: person, hangLimit: 5s, twiceWithin: 10m}
                probes: *probes
                hooks: *hooks
                rollout:
                  strategy: handoff
                  readyLimit: 30s
                  bake: 700ms
                  keepWarm: 1h
                  judge: {every: 200ms, past: 1s, onInconclusive: promote-with-approval, answerLimit: 2m, metrics: {errors: {events: failed_total, of: requests_total}}}
            """;

    private static final String ENVIRONMENTS =
            """
            environments:
              demo: {runtime: local, kind: demo, balancer: built-in, approval: two-people, windows: always, gates: {diskFree: 1B}, alarms: [{command: [tee, "${dir}/alarm"]}]}
            """;

    private static final String TEXT =
            "system: mortal\nservices:\n"
                    + TestingDeskFile.GATEWAY
                    + PERSON
                    + JUDGED
                    + TestingDeskFile.BOOKS
                    + ENVIRONMENTS;
}
