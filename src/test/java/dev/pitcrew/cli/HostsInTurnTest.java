package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DataFolder;
import dev.pitcrew.runtime.Awaiting;
import dev.pitcrew.runtime.ledger.TestingPostgres;
import dev.pitcrew.runtime.process.KnownProcess;
import dev.pitcrew.runtime.process.LocalProcesses;
import dev.pitcrew.runtime.process.ProcessState.Running;
import dev.pitcrew.server.ControllerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two hosts, each with a real controller and a data folder of its own, and the ledger's database on a third. The services write down who
/// begins and who ends to send, in one file for both hosts: that, and the ledger, say whether two ever acted.
@Tag("real")
class HostsInTurnTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static Hosts hosts;
    private static TestingPostgres postgres;

    @TempDir private Path folder;
    private Quoter quoter;
    private final Map<String, Process> servers = new HashMap<>();
    private final List<Process> all = new ArrayList<>();

    @BeforeAll
    static void makeHosts() throws Exception {
        hosts = Hosts.make();
        postgres = TestingPostgres.startAt(hosts.bridge());
    }

    @AfterAll
    static void removeHosts() throws Exception {
        try (var _ = postgres) {
            if (hosts != null) {
                hosts.close();
            }
        }
    }

    @BeforeEach
    void aDesk() throws Exception {
        quoter = new Quoter(folder);
        Files.writeString(folder.resolve("password"), TestingPostgres.PASSWORD + "\n");
        Files.writeString(
                folder.resolve("pitcrew.yaml"),
                TEXT.replace("QUOTER", quoter.entry().stripTrailing())
                        .replace("LEDGER", postgres.database().url().toString()));
    }

    @AfterEach
    void endAll() throws Exception {
        hosts.heal();
        for (var one : all) {
            one.toHandle().destroyForcibly();
            one.waitFor();
        }
        for (var host : List.of("a", "b")) {
            var processes = new LocalProcesses(data(host).processes());
            processes.known().forEach(one -> processes.kill(one.instance()));
        }
    }

    private DataFolder data(String host) {
        return new DataFolder(folder.resolve(host));
    }

    private Path log(String host) {
        return folder.resolve(host + ".log");
    }

    /// Starts a host's controller. The second host gets the key and the operators of the first, as the guide says.
    private void server(String host, String... before) throws Exception {
        if (host.equals("b") && Files.notExists(data("b").path())) {
            Files.createDirectories(data("b").path());
            for (var name : List.of("ledger.key", "operators.json", "operator.token")) {
                Files.copy(
                        data("a").path().resolve(name),
                        data("b").path().resolve(name),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        var command = new ArrayList<>(List.of(before));
        command.addAll(
                Again.command(
                        List.of("-Xmx160m", "-XX:TieredStopAtLevel=1"),
                        words(host, "server", "--host", hosts.address(host))));
        var process =
                new ProcessBuilder(hosts.on(host, command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(host).toFile()))
                        .start();
        all.add(process);
        servers.put(host, process);
    }

    private Process running(String host) {
        return Objects.requireNonNull(servers.get(host));
    }

    private List<String> words(String host, String... words) {
        var line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--file", folder.resolve("pitcrew.yaml").toString()));
        line.addAll(List.of("--dir", data(host).path().toString()));
        return line;
    }

    /// What a verb prints on a host; it has to end well.
    private String verb(String host, String... words) throws Exception {
        var said = run(host, words);
        assertThat(said.code()).as(() -> said + "\n" + logs()).isEqualTo(ExitCode.OK.code());
        return said.text();
    }

    private record Said(int code, String text) {}

    private Said run(String host, String... words) throws Exception {
        var process =
                new ProcessBuilder(
                                hosts.on(
                                        host,
                                        Again.command(
                                                List.of("-XX:TieredStopAtLevel=1"),
                                                words(host, words))))
                        .redirectErrorStream(true)
                        .start();
        all.add(process);
        try (var printed = process.inputReader()) {
            var text = String.join("\n", printed.lines().toList());
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return new Said(process.exitValue(), text);
        }
    }

    private String logs() {
        var text = new StringBuilder();
        for (var host : List.of("a", "b")) {
            text.append(host).append(": ").append(read(log(host)));
        }
        return text.append(quoter.senders()).toString();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await(String what, BooleanSupplier condition) {
        Awaiting.until(what, LIMIT, condition, this::logs);
    }

    private void awaitLeader(String host) {
        await(
                host + " leads",
                () ->
                        ControllerFile.read(data(host).controller())
                                .filter(one -> one.pid() == running(host).pid())
                                .isPresent());
    }

    private void awaitStandby(String host, String leads) {
        await(
                host + " stands by",
                () -> read(log(host)).lines().reduce("", (_, last) -> last).contains(leads));
    }

    private void told(long from, String how) {
        System.out.printf(
                "the other host led %d ms after %s%n",
                Duration.ofNanos(System.nanoTime() - from).toMillis(), how);
    }

    private void signal(long pid, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    }

    private Map<String, Long> pids(String host) throws IOException {
        var pids = new TreeMap<String, Long>();
        for (KnownProcess one : LocalProcesses.startedBefore(data(host).processes()).known()) {
            if (one.state() instanceof Running(long pid, _, _)) {
                pids.put(one.instance(), pid);
            }
        }
        return pids;
    }

    /// Both controllers, of which `a` leads a desk that runs on its own host.
    private void bothHosts() throws Exception {
        server("a");
        awaitLeader("a");
        server("b"); // while the desk comes up
        var _ = verb("a", "deploy", "quoter", "1", "--wait");
        awaitStandby("b", "leads under epoch 1");
    }

    @Test
    @Tag("long")
    void who_dies_is_followed_on_the_other_host_which_goes_on_with_what_runs_on_the_first()
            throws Exception {
        bothHosts();
        var first = quoter.active();
        var ran = pids("a");
        running("a").destroyForcibly().waitFor();
        long from = System.nanoTime();
        awaitLeader("b");
        told(from, "SIGKILL");

        assertThat(verb("b", "status")).contains(first, "leads under epoch 2");
        var _ = verb("b", "deploy", "quoter", "2", "--wait");
        assertThat(pids("a")).as("nobody there was touched").containsAllEntriesOf(ran);
        assertThat(pids("b")).containsKey(quoter.active());
        quoter.assertNeverTwo();

        server("a");
        awaitStandby("a", "leads under epoch 2");
        signal(running("b").pid(), "STOP");
        from = System.nanoTime();
        awaitLeader("a");
        told(from, "SIGSTOP");
        var sent = quoter.senders();
        signal(running("b").pid(), "CONT");
        awaitStandby("b", "leads under epoch 3");
        assertThat(quoter.senders()).as("what the one that woke did").isEqualTo(sent);
        var _ = verb("a", "deploy", "quoter", "3", "--wait");
        assertThat(pids("a")).containsKey(quoter.active());
        quoter.assertNeverTwo();
        assertThat(verb("a", "ledger", "verify")).contains("none altered");
    }

    @Test
    void who_is_cut_off_from_the_database_stops_acting_and_the_other_host_leads() throws Exception {
        bothHosts();
        hosts.loseToDatabase("a");
        hosts.loseFromDatabase("a");
        long from = System.nanoTime();
        awaitLeader("b");
        told(from, "it was cut off from the database both ways");
        var _ = verb("b", "deploy", "quoter", "2", "--wait");
        quoter.assertNeverTwo();

        hosts.heal();
        awaitStandby("a", "leads under epoch 2");
        assertThat(verb("b", "ledger", "verify")).contains("none altered");
    }

    @Tag("long")
    @Test
    void who_is_cut_off_one_way_stops_acting_and_the_other_host_leads() throws Exception {
        bothHosts();
        hosts.loseFromDatabase("a"); // what a says still arrives
        long from = System.nanoTime();
        awaitLeader("b");
        told(from, "it heard nothing from the database any more");
        hosts.heal();
        awaitStandby("a", "leads under epoch 2");
        hosts.loseToDatabase("b"); // what the database says still arrives
        from = System.nanoTime();
        awaitLeader("a");
        told(from, "the database heard nothing from it any more");
        hosts.heal();
        awaitStandby("b", "leads under epoch 3");
        var _ = verb("a", "deploy", "quoter", "2", "--wait");
        quoter.assertNeverTwo();
        assertThat(verb("a", "ledger", "verify")).contains("none altered");
    }

    /// The active one on `a`, its standby on `b`, whose controller leads.
    private String oneOnEachHost() throws Exception {
        bothHosts();
        running("a").destroyForcibly().waitFor();
        awaitLeader("b");
        server("a");
        awaitStandby("a", "leads under epoch 2");
        var active = quoter.active();
        for (var one : pids("a").entrySet()) {
            if (one.getKey().startsWith("quoter") && !one.getKey().equals(active)) {
                signal(one.getValue(), "KILL");
            }
        }
        await(
                "another one stands by on b",
                () -> {
                    try {
                        var quoters =
                                pids("b").keySet().stream().filter(one -> one.startsWith("quoter"));
                        return quoters.findAny().filter(one -> isReady("b", one)).isPresent();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        return active;
    }

    private boolean isReady(String host, String instance) {
        try {
            return run(host, "status")
                    .text()
                    .lines()
                    .anyMatch(line -> line.contains(instance + " ") && line.contains("ready"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Tag("long")
    @Test
    void who_can_not_reach_the_active_one_has_its_own_host_end_it_before_another_one_sends()
            throws Exception {
        var first = oneOnEachHost();
        long pid = Objects.requireNonNull(pids("a").get(first));
        hosts.lose("b", "a"); // and the database is reached by both
        await("another one sends", () -> !quoter.active().equals(first));

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(pids("b")).containsKey(quoter.active());
        quoter.assertNeverTwo(first);
        hosts.heal();
        assertThat(verb("b", "ledger", "verify")).contains("none altered");
    }

    @Tag("long")
    @Test
    void while_the_host_of_the_active_one_is_away_nobody_else_sends_and_a_person_is_asked()
            throws Exception {
        var first = oneOnEachHost();
        running("a").destroyForcibly().waitFor();
        hosts.lose("b", "a");
        hosts.lose("a", "b");
        await(
                "a person is asked",
                () -> {
                    try {
                        return run("b", "status").text().contains("STUCK");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        assertThat(quoter.active()).isEqualTo(first);
        quoter.assertNeverTwo();
    }

    /// The monotonic clocks of both hosts have nothing to do with each other. What a jump of a wall clock does is [ServersInTurnTest]'s.
    @Tag("long")
    @Test
    void a_host_whose_monotonic_clock_is_weeks_ahead_waits_its_turn_and_takes_it()
            throws Exception {
        server("a");
        awaitLeader("a");
        var _ = verb("a", "deploy", "quoter", "1", "--wait");
        server("b", "unshare", "--time", "--monotonic", "2000000");
        awaitStandby("b", "leads under epoch 1");
        running("a").destroyForcibly().waitFor();
        awaitLeader("b");
        var _ = verb("b", "deploy", "quoter", "2", "--wait");
        quoter.assertNeverTwo();
    }

    private static final String TEXT =
            """
            system: pair
            services:
            QUOTER
            environments:
              paper:
                kind: paper
                approval: none
                gates: {diskFree: 1B}
                ledger: {kind: postgres, url: "LEDGER", password: {file: password}}
            """;
}
