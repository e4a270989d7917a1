package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.deploy.StepFailed;
import dev.pitcrew.ledger.EntryType;
import dev.pitcrew.ledger.NewEntry;
import dev.pitcrew.model.DrainPolicy;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Token;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {
    private static final Instant AT = Instant.parse("2026-11-23T18:04:05.123456789Z");

    private final EventCodec codec = new EventCodec();

    @Test
    void every_event_is_in_the_table() {
        assertThat(EventCodec.TYPES.values())
                .containsExactlyInAnyOrderElementsOf(events().toList())
                .doesNotHaveDuplicates();
    }

    /// Every event, with all that may be absent there and with all of it absent.
    static Stream<Event> samples() {
        return events().flatMap(
                        type ->
                                Stream.of(true, false)
                                        .map(full -> (Event) new Sampler(full).of(type)));
    }

    @SuppressWarnings("unchecked")
    private static Stream<Class<? extends Event>> events() {
        return EventCodec.leaves(Event.class).map(type -> (Class<? extends Event>) type);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_is_written_is_read_again(Event event) {
        var coded = codec.encode(event);

        assertThat(codec.decode(coded.type(), coded.body())).contains(event);
        assertThat(codec.encode(codec.decode(coded.type(), coded.body()).orElseThrow()))
                .isEqualTo(coded);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void every_step_is_written_by_its_kind(Step step) {
        var event = new Sampler(true).withSteps(List.of(step));

        var coded = codec.encode(event);

        assertThat(codec.decode(coded.type(), coded.body())).contains(event);
    }

    static Stream<Step> steps() {
        return EventCodec.leaves(Step.class).map(type -> (Step) new Sampler(true).of(type));
    }

    @ParameterizedTest
    @MethodSource("effects")
    void every_effect_is_written_by_its_kind(Effect effect) {
        var event = new EffectIntended(AT, "gateway", "r1/forward", effect, 1);

        var coded = codec.encode(event);

        assertThat(codec.decode(coded.type(), coded.body())).contains(event);
    }

    static Stream<Effect> effects() {
        return EventCodec.leaves(Effect.class).map(type -> (Effect) new Sampler(true).of(type));
    }

    @Test
    void keys_are_sorted_and_times_are_exact() {
        var event =
                new EffectIntended(
                        AT,
                        "gateway",
                        "r1/forward",
                        new Effect.Activate("gateway-2", new Token(17)),
                        1);

        assertThat(codec.encode(event))
                .isEqualTo(
                        new EventCodec.Coded(
                                "effect.intended@2",
                                "{\"at\":\"2026-11-23T18:04:05.123456789Z\",\"attempt\":1,\"course\":\"r1/forward\","
                                        + "\"effect\":{\"instance\":\"gateway-2\",\"kind\":\"activate\",\"token\":{\"value\":17}},"
                                        + "\"service\":\"gateway\"}"));
    }

    @Test
    void a_drain_of_an_older_release_handed_over() {
        var body =
                """
                {"at":"2026-11-23T18:04:05.123456789Z","attempt":1,"course":"r1/forward","effect":\
                {"instance":"gateway-1","kind":"drain","token":{"value":17}},"service":"gateway"}""";

        assertThat(codec.decode("effect.intended@1", body))
                .contains(
                        new EffectIntended(
                                AT,
                                "gateway",
                                "r1/forward",
                                new Effect.Drain("gateway-1", new Token(17), DrainPolicy.HAND_OVER),
                                1));
    }

    @Test
    void text_can_not_break_the_line() {
        var event = new DeskEvent.Frozen(AT, "*", "ada", "one\ntwo\u0001 \"three\" \u00e4");

        assertThat(codec.encode(event).body()).contains("one\\ntwo\\u0001 \\\"three\\\" \u00e4");
    }

    /// Of a hook's refusal or a probe's answer: an entry takes no control character and no half of a surrogate pair.
    @Test
    void what_an_entry_can_not_hold_is_escaped_and_read_again() {
        var reason = "\u009b2J \u007f \ud83d and half \ud800 \u0000 \ud83d\ude00";
        var event = new StepFailed(AT, "gateway", "r1/forward", 2, reason);

        var coded = codec.encode(event);

        assertThat(new NewEntry(AT, EntryType.parse(coded.type()), "controller", "", coded.body()))
                .extracting(NewEntry::body)
                .asString()
                .contains("\\u009b2J \\u007f \\ud83d and half \\ud800 \\u0000 \ud83d\ude00");
        assertThat(codec.decode(coded.type(), coded.body())).contains(event);
    }

    @Test
    void a_type_of_a_newer_release_is_skipped() {
        assertThat(codec.decode("rollout.planned@3", "{}")).isEmpty();
        assertThat(codec.decode("weather.changed@1", "{}")).isEmpty();
    }

    @Test
    void a_body_that_is_not_of_its_type_is_damage() {
        assertThatThrownBy(() -> codec.decode("desk.frozen@1", "{\"at\":\"yesterday\"}"))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        e -> assertThat(e.code()).isEqualTo(OperationFailed.Code.FILE_CORRUPT));
    }

    /// Makes a value of any record, from its components.
    ///
    /// @param full whether optional parts and lists hold something
    private record Sampler(boolean full) {
        Event withSteps(List<Step> steps) {
            var planned =
                    (dev.pitcrew.deploy.RolloutEvent.Started)
                            of(dev.pitcrew.deploy.RolloutEvent.Started.class);
            var course =
                    dev.pitcrew.deploy.Course.begin(
                            "r1/forward",
                            Optional.empty(),
                            Optional.of("gateway-1"),
                            planned.course().release(),
                            steps,
                            AT);
            return new dev.pitcrew.deploy.RolloutEvent.Started(
                    AT, "gateway", "r1", course, "none", "");
        }

        Object of(Type type) {
            return switch (type) {
                case Class<?> raw -> ofClass(raw);
                case ParameterizedType generic -> ofGeneric(generic);
                default -> throw new IllegalArgumentException("no sample of " + type);
            };
        }

        private Object ofGeneric(ParameterizedType type) {
            var argument = type.getActualTypeArguments()[0];
            return switch (((Class<?>) type.getRawType()).getSimpleName()) {
                case "Optional" -> full ? Optional.of(of(argument)) : Optional.empty();
                case "List" -> full ? List.of(of(argument), of(argument)) : List.of();
                case "Set" -> full ? Set.of(of(argument)) : Set.of();
                case "Map" ->
                        full
                                ? Map.of(of(argument), of(type.getActualTypeArguments()[1]))
                                : Map.of();
                default -> throw new IllegalArgumentException("no sample of " + type);
            };
        }

        private Object ofClass(Class<?> type) {
            if (type.isEnum()) {
                return type.getEnumConstants()[0];
            }
            if (type.isSealed()) {
                return of(EventCodec.leaves(type).findFirst().orElseThrow());
            }
            return type.isRecord() ? ofRecord(type) : plain(type);
        }

        private static Object plain(Class<?> type) {
            var value =
                    Map.<Class<?>, Object>of(
                                    String.class,
                                    "text",
                                    int.class,
                                    3,
                                    long.class,
                                    1L << 40,
                                    boolean.class,
                                    true,
                                    double.class,
                                    0.25,
                                    Instant.class,
                                    AT,
                                    Duration.class,
                                    Duration.ofNanos(1_500_000_001))
                            .get(type);
            return java.util.Objects.requireNonNull(value, () -> "no sample of " + type);
        }

        private Object ofRecord(Class<?> type) {
            try {
                var parts = type.getRecordComponents();
                var constructor =
                        type.getDeclaredConstructor(
                                Arrays.stream(parts)
                                        .map(part -> part.getType())
                                        .toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return constructor.newInstance(
                        Arrays.stream(parts).map(part -> of(part.getGenericType())).toArray());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
