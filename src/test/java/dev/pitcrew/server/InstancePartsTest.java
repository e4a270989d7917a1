package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.InstanceLine;
import dev.pitcrew.app.DeskStatus.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstancePartsTest {
    @Test
    void memory_and_cpu_are_shown_as_status_shows_them_and_what_is_unknown_is_left_out() {
        var page =
                page(
                        new InstanceLine(
                                "gateway-1", "1", State.ACTIVE, 120L, 99_000_000L, 12_340L, null),
                        new InstanceLine(
                                "gateway-2", "2", State.NOT_READY, null, null, null, null));

        assertThat(page)
                .contains("gateway-1", "94 MiB", "12.3 s", "gateway-2", "not ready")
                .doesNotContain("host");
        assertThat(page.split("MiB", -1)).hasSize(2);
    }

    @Test
    void where_there_are_several_hosts_each_instance_s_is_shown() {
        var page = page(new InstanceLine("gateway-1", "1", State.READY, null, null, null, "east"));

        assertThat(page).contains("host", "east");
    }

    private static String page(InstanceLine... instances) {
        var service =
                new DeskStatus.ServiceLine(
                        "gateway",
                        "order-entry",
                        "1",
                        "",
                        "",
                        7,
                        false,
                        List.of(instances),
                        null,
                        "",
                        null,
                        "",
                        null,
                        List.of());
        return Html.page(
                InstanceParts.all(
                        new DeskStatus(
                                "desk",
                                "demo",
                                Instant.EPOCH,
                                new DeskStatus.Controller(1, "", ""),
                                new DeskStatus.Ledger(0, ""),
                                null,
                                List.of(service),
                                List.of(),
                                List.of(),
                                List.of(),
                                new DeskStatus.About("", "", ""),
                                List.of())));
    }
}
