package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.RolloutEvent.Outcome;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.runtime.balancer.TrafficAnswer;
import dev.pitcrew.runtime.balancer.TrafficState;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.process.ProcessState.Running;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/// A desk of books and a gateway with a standby, and what can be seen of it while a controller keeps it.
record GatewayDesk(Operator operator) {

    void deploy(String name, String version) throws Exception {
        var over = operator.deploy(name, version);
        assertThat(over.outcome()).as(over.reason()).isEqualTo(Outcome.DONE);
    }

    /// The first version of both is approved and serves.
    void start() throws Exception {
        deploy("books", "1");
        deploy("gateway", "1");
    }

    /// Both replicas of the approved version run and are ready, and nothing is being mended.
    void settled() throws Exception {
        operator.await(
                "a standby is ready",
                () ->
                        gateway().keep().mend().isEmpty()
                                && gateway()
                                                .roster()
                                                .running(approved())
                                                .filter(
                                                        one ->
                                                                operator.controller()
                                                                                .facts()
                                                                                .of(one)
                                                                                .ready()
                                                                                .value()
                                                                        != null)
                                                .count()
                                        == 2);
    }

    ServiceState gateway() {
        return operator.controller().desk().service("gateway");
    }

    Release approved() {
        return gateway().keep().approved().orElseThrow();
    }

    TrafficState traffic() {
        return ((TrafficAnswer.Stands) operator.controller().traffic().state("gateway")).state();
    }

    long pid(String instance) {
        return ((Running) operator.controller().processes().state(instance)).pid();
    }

    List<Long> pids() {
        return gateway().roster().instances().keySet().stream().map(this::pid).toList();
    }

    String whoAnswers() throws Exception {
        return whoAnswers(traffic().front());
    }

    /// The instance that a client's request reaches by way of the balancer.
    String whoAnswers(Address front) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://%s:%d/who"
                                                    .formatted(front.host(), front.port())))
                            .timeout(Duration.ofSeconds(10))
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    void signal(String instance, String signal) throws Exception {
        new ProcessBuilder("kill", signal, "" + pid(instance)).start().waitFor();
    }
}
