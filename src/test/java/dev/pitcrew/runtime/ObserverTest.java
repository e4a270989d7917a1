package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pitcrew.deploy.Course;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.deploy.TrafficFacts;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.StateFormats;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.runtime.balancer.TestingTraffic;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.ServiceProbing;
import dev.pitcrew.runtime.process.TestingHostFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObserverTest {
    private static final int LOOKS = 20;

    @TempDir Path folder;

    private final InstantSource clock = SteadyClock.notBefore(Instant.MIN);
    private final ServiceProbing probing = new ServiceProbing(clock);
    private final TestingTraffic traffic = new TestingTraffic(clock, List.of("gateway"));
    private TestingInstances instances;
    private volatile Desk desk = Desk.EMPTY;
    private Observer observer;

    @BeforeEach
    void open() throws IOException {
        var file = folder.resolve("pitcrew.yaml");
        Files.writeString(file, TEXT);
        var read = SystemFile.read(file);
        assertThat(read).isInstanceOf(Read.Good.class);
        var system = ((Read.Good<TradingSystem>) read).document().in("demo");
        instances = new TestingInstances(folder, clock, system);
        observer = observer(system);
    }

    @AfterEach
    void close() {
        observer.close();
    }

    @Test
    void a_probe_that_never_answers_delays_nobody_else() throws IOException {
        try (var deaf = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
            var talking = talking();
            instances.start("gateway", "gateway-1", deaf.getLocalPort());
            instances.start("gateway", "gateway-2", talking.getAddress().getPort());
            desk = instances.desk();
            observer.start();

            // A probe may take a minute, which is longer than this test waits for anything.
            var seen = new TreeSet<Instant>();
            Awaiting.until(
                    () -> {
                        var ready = facts("gateway-2").ready();
                        return ready.value() != null
                                && seen.add(ready.at())
                                && seen.size() >= LOOKS;
                    });

            try (var asked = deaf.accept()) { // it was asked all the while
                assertThat(asked.isConnected()).isTrue();
            }
            assertThat(facts("gateway-1").ready()).isEqualTo(Observed.unknown());
            talking.stop(0);
        }
    }

    @Test
    void a_host_that_never_says_what_became_of_one_process_delays_the_sight_of_no_other() {
        instances.start("gateway", "gateway-1", 1);
        instances.start("gateway", "gateway-2", 1);
        desk = instances.desk();
        var released = new CountDownLatch(1);
        instances.processes().stallOver("gateway-1", released);
        observer.start();

        var seen = new TreeSet<Instant>();
        Awaiting.until(
                () -> {
                    var process = facts("gateway-2").process();
                    return process.value() != null
                            && seen.add(process.at())
                            && seen.size() >= 4; // at rest it looks at processes twice a second
                });

        assertThat(facts("gateway-1").process()).isEqualTo(Observed.unknown());
        released.countDown();
        Awaiting.until(() -> facts("gateway-1").process().value() == ProcessState.RUNNING);
    }

    @Test
    void where_the_balancer_sends_requests_is_told_by_the_names_of_those_who_listen_there() {
        instances.start("gateway", "gateway-1", 1);
        instances.processes().die("gateway-1", 1);
        instances.start("gateway", "gateway-2", 1); // which got its port
        desk = instances.desk();
        traffic.hold("gateway", Duration.ofSeconds(1));
        traffic.route("gateway", List.of(Address.local(1), Address.local(2)));

        observer.start();

        Awaiting.until(
                () ->
                        new TrafficFacts(List.of("gateway-2", "127.0.0.1:2"), true)
                                .equals(observer.facts().traffic("gateway").value()));
    }

    @Test
    void an_instance_that_answers_is_known_to_run_and_to_be_ready() throws IOException {
        var talking = talking();
        instances.start("gateway", "gateway-1", talking.getAddress().getPort());
        desk = instances.desk();

        observer.start();

        Awaiting.until(() -> Boolean.TRUE.equals(facts("gateway-1").ready().value()));
        Awaiting.until(() -> facts("gateway-1").process().value() == ProcessState.RUNNING);
        assertThat(facts("gateway-1").silence()).isEmpty();
        talking.stop(0);
    }

    @Test
    void it_has_looked_once_everybody_was_asked_or_is_dead() throws IOException {
        assertThat(observer.hasLooked()).isTrue(); // at nobody
        var talking = talking();
        instances.start("gateway", "gateway-1", talking.getAddress().getPort());
        instances.start("gateway", "gateway-2", 1);
        instances.processes().die("gateway-2", 1);
        desk = instances.desk();
        assertThat(observer.hasLooked()).isFalse();

        observer.start();

        Awaiting.until(observer::hasLooked);
        assertThat(facts("gateway-1").ready().value()).isTrue();
        talking.stop(0);
    }

    @Test
    void a_death_is_known_before_anybody_looks_again() {
        instances.start("gateway", "gateway-1", 1);
        desk = instances.desk();
        observer.started("gateway-1");

        observer.died("gateway-1");

        assertThat(facts("gateway-1").process().value()).isEqualTo(ProcessState.DEAD);
    }

    @Test
    void a_host_that_can_not_be_asked_confirms_no_death() {
        instances.start("gateway", "gateway-1", 1);
        desk = instances.desk();
        instances.processes().cutOff(true);

        observer.start();

        Awaiting.until(() -> facts("gateway-1").process().value() == ProcessState.UNREACHABLE);
    }

    @Test
    void it_looks_for_who_lives_and_is_in_no_ledger() {
        instances.start("gateway", "gateway-1", 1);
        var ledger = instances.desk();
        instances.start("gateway", "gateway-2", 1);
        desk = ledger;

        observer.start();

        Awaiting.until(() -> observer.facts().unlisted().value() != null);
        assertThat(observer.facts().unlisted().value())
                .isEqualTo(Map.of("gateway", List.of("gateway-2")));
    }

    @Test
    void while_a_start_has_no_outcome_nothing_is_said_of_its_process() {
        instances.start("gateway", "gateway-1", 1);
        observer.died("gateway-1");
        desk = instances.desk().fold(mend()).fold(startIntended());

        assertThat(facts("gateway-1").process()).isEqualTo(Observed.unknown());
    }

    private KeepEvent mend() {
        var release = new Release("1", "", "", "", new StateFormats("none", Set.of("none")));
        List<Step> steps = List.of(new Step.Start(Duration.ofSeconds(5)));
        var course =
                Course.begin(
                        "mend",
                        Optional.empty(),
                        Optional.empty(),
                        release,
                        steps,
                        clock.instant());
        return new KeepEvent.MendBegun(
                clock.instant(), "gateway", course, KeepEvent.Purpose.FILL, "one is missing");
    }

    private EffectIntended startIntended() {
        var start = new Effect.Start("gateway-1", "1");
        return new EffectIntended(clock.instant(), "gateway", "mend", start, 1);
    }

    private InstanceFacts facts(String instance) {
        return observer.facts().of(instance);
    }

    private static HttpServer talking() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server = HttpServer.create(address, 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private Observer observer(TradingSystem system) {
        var variables = instances.variables();
        var known = new Instances(system, instances.addresses(), variables);
        var gauges =
                new Gauges(
                        system,
                        system.environment("demo"),
                        folder,
                        new TestingHostFacts(),
                        new Memory(new TestingJournal()),
                        Optional::empty,
                        variables,
                        clock,
                        clock);
        return new Observer(
                system,
                () -> desk,
                new Underway(() -> desk),
                instances.processes(),
                probing,
                known,
                new Reconciler(system, instances.addresses(), probing, clock),
                new Surroundings(
                        () -> desk, instances.processes(), known, traffic, clock, () -> {}),
                gauges,
                clock,
                () -> {});
    }

    private static final String TEXT =
            """
            system: small
            services:
              gateway:
                role: other
                command: ["true"]
                replicas: 2
                ports: {http: auto}
                probes: {every: 50ms, timeout: 1m, limit: 1m, ready: {http: /ready}}
                rollout: {strategy: stop-start}
            environments:
              demo: {runtime: local, kind: demo, balancer: built-in, approval: none, windows: always}
            """;
}
