package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DeskStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusTextTest {
    private static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void what_needs_a_person_stands_out_and_the_rest_is_quiet() {
        var gateway =
                new DeskStatus.ServiceLine(
                        "gateway",
                        "order-entry",
                        "1",
                        "",
                        "gateway-1",
                        7,
                        false,
                        List.of(
                                new DeskStatus.InstanceLine(
                                        "gateway-1",
                                        "1",
                                        DeskStatus.State.ACTIVE,
                                        120L,
                                        99_000_000L,
                                        12_340L,
                                        null),
                                new DeskStatus.InstanceLine(
                                        "gateway-2",
                                        "2",
                                        DeskStatus.State.NOT_READY,
                                        null,
                                        null,
                                        null,
                                        "b")),
                        new DeskStatus.Change(
                                "r2",
                                "1",
                                "2",
                                "going",
                                "warm",
                                3,
                                11,
                                "gateway-2 to be ready",
                                "abc"),
                        "",
                        null,
                        "",
                        null,
                        List.of("window by r2: the venue asked for it"));
        var strategy =
                new DeskStatus.ServiceLine(
                        "strategy",
                        "strategy",
                        "1",
                        "",
                        "",
                        3,
                        true,
                        List.of(),
                        null,
                        "",
                        new DeskStatus.Stuck(
                                "lost twice",
                                "strategy-1 died",
                                "stopped: no instance sends",
                                "look at it, then `pitcrew rearm strategy`"),
                        "",
                        null,
                        List.of());
        var status =
                new DeskStatus(
                        "desk",
                        "demo",
                        AT,
                        new DeskStatus.Controller(
                                42, "", "a controller on host-a leads under epoch 3"),
                        new DeskStatus.Ledger(17, "no witness is declared"),
                        "by ann: the close",
                        List.of(gateway, strategy),
                        List.of(
                                new DeskStatus.Emergency(
                                        "r1", "gateway", "ann", AT, AT.plusSeconds(60), true)),
                        List.of(),
                        List.of("gateway-9"),
                        new DeskStatus.About("equities, mean-reversion", "", "localhost"),
                        List.of(
                                new DeskStatus.Operator("ann", "", true),
                                new DeskStatus.Operator("bea", "ann", false)));

        assertThat(StatusText.of(status, Ink.PLAIN))
                .isEqualTo(
                        """
                desk demo  controller pid 42  ledger 17 entries
                equities, mean-reversion, on localhost
                a controller on host-a leads under epoch 3
                unwitnessed: no witness is declared
                FROZEN by ann: the close

                gateway      1        active gateway-1 under token 7
                  gateway-1      1        active     120 open orders  94 MiB, 12.3 s of CPU
                  gateway-2      2        not ready  on b
                  r2 gateway to 2: going 3/11 warm, waits for gateway-2 to be ready
                  OVERRIDDEN window by r2: the venue asked for it

                strategy     1          KILLED
                  STUCK lost twice: strategy-1 died
                  order flow: stopped: no instance sends
                  next: look at it, then `pitcrew rearm strategy`
                RE-ASSESS r1 of gateway, an emergency change by ann at 2026-11-23T08:00:00Z, overdue by another person since 2026-11-23T08:01:00Z
                NEW OPERATOR bea, added by ann; goes into the ledger before he acts
                UNKNOWN gateway-9 runs, and the ledger doesn't know it""");
    }
}
