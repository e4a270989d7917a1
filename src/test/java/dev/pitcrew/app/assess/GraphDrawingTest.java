package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Flow;
import dev.pitcrew.model.infra.Sketch.Part;
import dev.pitcrew.model.infra.Trading;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GraphDrawingTest {
    private static final Place HERE = new Place("compose.yml", 1, 1);
    private static final Pattern BOX =
            Pattern.compile(
                    "<rect class=\"part[^\"]*\" x=\"(-?\\d+)\" y=\"(-?\\d+)\" width=\"(\\d+)\" height=\"(\\d+)\"");
    private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"");

    @Test
    void nothing_is_drawn_of_no_services() {
        assertThat(GraphDrawing.svg(sketch(List.of(), List.of()))).isEmpty();
    }

    @Test
    void who_uses_another_stands_left_of_it() {
        var boxes =
                boxes(
                        sketch(
                                List.of("db", "gateway", "web"),
                                List.of("web gateway", "gateway db")));

        // in the order of the names: db, gateway, web
        assertThat(boxes.get(2).x()).isLessThan(boxes.get(1).x());
        assertThat(boxes.get(1).x()).isLessThan(boxes.get(0).x());
    }

    @Test
    void services_that_use_each_other_in_a_circle_are_drawn_too() {
        assertThat(boxes(sketch(List.of("a", "b", "c"), List.of("a b", "b c", "c a")))).hasSize(3);
    }

    @Test
    void a_name_is_text_and_never_markup() {
        assertThat(GraphDrawing.svg(sketch(List.of("<b>&\""), List.of())))
                .contains("&lt;b&gt;&amp;&quot;")
                .doesNotContain("<b>");
    }

    @Test
    void no_box_covers_another_or_leaves_the_picture_however_many_there_are() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var names = new ArrayList<String>();
            int services = 1 + random.nextInt(60);
            for (int i = 0; i < services; i++) {
                names.add("service-%02d".formatted(i));
            }
            var flows = new ArrayList<String>();
            int uses = random.nextInt(2 * services + 1);
            for (int i = 0; i < uses; i++) {
                flows.add(any(names, random) + " " + any(names, random));
            }
            var sketch = sketch(names, flows);
            var size = SIZE.matcher(GraphDrawing.svg(sketch));
            assertThat(size.find()).isTrue();
            var whole = new Box(0, 0, number(size.group(1)), number(size.group(2)));
            var boxes = boxes(sketch);

            assertThat(boxes).as("seed " + seed).hasSize(names.size()).allMatch(whole::holds);
            for (int i = 0; i < boxes.size(); i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(boxes.get(i).covers(boxes.get(j))).as("seed " + seed).isFalse();
                }
            }
        }
    }

    private record Box(int x, int y, int width, int height) {
        boolean holds(Box other) {
            return other.x >= x
                    && other.y >= y
                    && other.x + other.width <= x + width
                    && other.y + other.height <= y + height;
        }

        boolean covers(Box other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }
    }

    private static List<Box> boxes(Sketch sketch) {
        return BOX.matcher(GraphDrawing.svg(sketch))
                .results()
                .map(
                        one ->
                                new Box(
                                        number(one.group(1)),
                                        number(one.group(2)),
                                        number(one.group(3)),
                                        number(one.group(4))))
                .toList();
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static String any(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }

    private static Sketch sketch(List<String> names, List<String> flows) {
        return new Sketch(
                names.stream()
                        .map(
                                name ->
                                        new Part(
                                                name,
                                                Duty.OTHER,
                                                "",
                                                Trading.UNKNOWN,
                                                "",
                                                HERE,
                                                List.of()))
                        .toList(),
                flows.stream()
                        .map(flow -> flow.split(" ", -1))
                        .map(flow -> new Flow(flow[0], flow[1], "http", HERE))
                        .toList(),
                List.of());
    }
}
