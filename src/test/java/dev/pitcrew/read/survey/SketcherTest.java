package dev.pitcrew.read.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.infra.Sketch;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What services do and with what they trade is inferred, each with its reason.
class SketcherTest {
    private static List<String> said(Sketch sketch) {
        return sketch.services().stream()
                .map(
                        one ->
                                "%s: %s (%s), %s (%s)"
                                        .formatted(
                                                one.name(),
                                                one.duty(),
                                                one.because(),
                                                one.trading(),
                                                one.tradingBecause()))
                .toList();
    }

    @Test
    void a_fix_desk_is_told_by_names_variables_and_images() {
        var survey =
                TestingSurvey.of(
                        "desk/compose.yaml",
                        """
                        services:
                          acceptor:
                            image: ghcr.io/desk/session:3.1.0
                            environment: {SENDER_COMP_ID: DESK, TRADING_MODE: live}
                          risk:
                            image: ghcr.io/desk/limits:2.0.0
                          store:
                            image: postgres:16.4
                        """);

        assertThat(said(Sketcher.sketch(survey)))
                .containsExactly(
                        "acceptor: ORDER_ENTRY (variable SENDER_COMP_ID), LIVE (variable TRADING_MODE=live)",
                        "risk: RISK (name risk), UNKNOWN ()",
                        "store: STORE (image postgres:16.4), UNKNOWN ()");
    }

    @Test
    void a_bot_that_runs_dry_is_on_paper_and_its_twin_without_is_live() {
        var survey =
                TestingSurvey.of(
                        "bots/compose.yaml",
                        """
                        services:
                          scalper:
                            image: freqtradeorg/freqtrade:2024.10
                            environment: {DRY_RUN: "true"}
                          swing:
                            image: freqtradeorg/freqtrade:2024.10
                            environment: {DRY_RUN: "false"}
                        """);

        assertThat(said(Sketcher.sketch(survey)))
                .containsExactly(
                        "scalper: ORDER_ENTRY (image freqtradeorg/freqtrade:2024.10), PAPER (variable DRY_RUN=true)",
                        "swing: ORDER_ENTRY (image freqtradeorg/freqtrade:2024.10), LIVE (variable DRY_RUN=false)");
    }

    @Test
    void where_a_name_says_nothing_ports_topics_and_imports_do() {
        var survey =
                TestingSurvey.of(
                        "compose.yaml",
                        """
                        services:
                          one:
                            image: example/one:1
                            ports: ["127.0.0.1:4002:4002"]
                          two:
                            image: example/two:1
                            environment: {OUTPUT_TOPIC: desk.orders.v1}
                          three:
                            image: example/three:1
                            environment: {KAFKA_OUT_TOPIC: ticks}
                          four:
                            build: ./four
                          five:
                            image: example/five:1
                        """,
                        "four/Dockerfile",
                        "FROM python:3.12.4-slim\n",
                        "four/requirements.txt",
                        "ccxt==4.2.1\n");

        assertThat(said(Sketcher.sketch(survey)))
                .containsExactly(
                        "five: OTHER (nothing says more), UNKNOWN ()",
                        "four: ORDER_ENTRY (import of ccxt), UNKNOWN ()",
                        "one: ORDER_ENTRY (port 4002), UNKNOWN ()",
                        "three: MARKET_DATA (topic ticks in KAFKA_OUT_TOPIC), UNKNOWN ()",
                        "two: STRATEGY (topic desk.orders.v1 in OUTPUT_TOPIC), UNKNOWN ()");
    }
}
