package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.cli.UpPlan.Start;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import org.junit.jupiter.api.Test;

class UpPlanTest {
    @Test
    void each_starts_after_what_it_needs_and_what_is_wanted_from_outside_is_named() {
        var plan =
                plan(
                        """
                        system: desk
                        services:
                          maker:
                            role: strategy
                            command: [maker, "${env.MODE}"]
                            dependsOn: [gateway]
                            singleActive: {fence: [process], drain: {policy: wait, limit: 5s}}
                          gateway:
                            role: order-entry
                            command: [gateway]
                            secrets: {FIX_PASSWORD: {env: FIX_PASSWORD}, DB: {text: "${PG}", lines: .env}}
                            singleActive: {fence: [process], drain: {policy: wait, limit: 5s}}
                        environments:
                          live:
                            kind: live
                            approval: delay 5m
                            balancer: haproxy
                            gates: {clockOffset: 50ms, killTestedWithin: 30d, witnessedWithin: 24h}
                        """);

        assertThat(plan.starts()).extracting(Start::service).containsExactly("gateway", "maker");
        assertThat(plan.variables()).containsExactly("FIX_PASSWORD", "MODE");
        assertThat(plan.lacking())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("proxy: where haproxy is"),
                        one -> assertThat(one).startsWith("witnesses: "));
        assertThat(plan.text())
                .startsWith("live, kind live, approval delay 5m\n")
                .contains("maker; one active, changed by stop-start; after gateway\n")
                .endsWith("nothing was started");
    }

    @Test
    void those_that_wait_for_each_other_are_named_and_not_waited_for() {
        var plan =
                plan(
                        """
                        system: desk
                        services:
                          gateway:
                            role: order-entry
                            command: [gateway]
                            ports: {http: auto}
                            reconcile: {ours: {http: /books}, theirs: {service: copy, http: /books}}
                            singleActive: {fence: [process], drain: {policy: wait, limit: 5s}}
                          copy: {role: drop-copy, command: [copy], ports: {http: auto}, dependsOn: [gateway]}
                        environments:
                          demo: {kind: demo, approval: none}
                        """);

        assertThat(plan.starts()).isEmpty();
        assertThat(plan.stuck()).containsExactly("gateway", "copy");
        assertThat(plan.text()).contains("wait for each other, so none starts: gateway, copy\n");
    }

    private static UpPlan plan(String text) {
        var system = ((Read.Good<TradingSystem>) SystemFile.read("pitcrew.yaml", text)).document();
        var environment = system.environments().getFirst();
        return UpPlan.of(system.in(environment.name()), environment);
    }
}
