package dev.pitcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.DeskPicture.Carried;
import dev.pitcrew.app.DeskPicture.Flow;
import dev.pitcrew.app.DeskPicture.Node;
import dev.pitcrew.app.DeskPicture.Place;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeskPictureTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void orders_go_from_the_strategy_to_the_venue_and_data_the_other_way() {
        var picture = picture();

        assertThat(picture.flows())
                .containsExactlyInAnyOrder(
                        new Flow("gateway", "simx", Carried.ORDERS),
                        new Flow("strategy", "gateway", Carried.ORDERS),
                        new Flow("feed", "strategy", Carried.DATA),
                        new Flow("feed", "quotes", Carried.DATA),
                        new Flow("entry", "gateway", Carried.ORDERS),
                        new Flow("simx", "drop-copy", Carried.DATA),
                        new Flow("simx", "feed", Carried.DATA));
    }

    @Test
    void who_decides_stands_apart_from_who_is_connected_and_from_the_venue() {
        assertThat(picture().nodes())
                .extracting(Node::name, Node::place)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("gateway", Place.CONNECTS),
                        org.assertj.core.groups.Tuple.tuple("strategy", Place.DECIDES),
                        org.assertj.core.groups.Tuple.tuple("feed", Place.CONNECTS),
                        org.assertj.core.groups.Tuple.tuple("drop-copy", Place.CONNECTS),
                        org.assertj.core.groups.Tuple.tuple("quotes", Place.DECIDES),
                        org.assertj.core.groups.Tuple.tuple("entry", Place.DECIDES),
                        org.assertj.core.groups.Tuple.tuple("simx", Place.VENUE));
    }

    private static DeskPicture picture() {
        var system = example();
        var facts =
                new Facts(
                        NOON,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        new Observed<>(Map.of(), NOON));
        var status =
                new StatusView(
                                system,
                                system.environment("demo"),
                                Desk.EMPTY,
                                facts,
                                Marks.NONE,
                                Map.of(),
                                Map.of())
                        .status(
                                new DeskStatus.Controller(1, "", ""),
                                new DeskStatus.Ledger(0, ""),
                                List.of(),
                                List.of());
        return DeskPicture.of(system, status, facts);
    }

    private static TradingSystem example() {
        return switch (SystemFile.read(Path.of("examples/desk/pitcrew.yaml"))) {
            case Read.Good<TradingSystem>(var whole) -> whole.in("demo");
            case Read.Bad<TradingSystem>(var problems) -> throw new AssertionError(problems);
        };
    }
}
