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
}
