package dev.pitcrew.runtime;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.Effect;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.JudgeEvent;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.Step;
import dev.pitcrew.deploy.StepFailed;
import dev.pitcrew.deploy.StepTaken;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Events as the ledger keeps them: a type such as `rollout.planned@1`, and a body of canonical JSON: keys sorted, no
/// spaces, instants and durations by ISO 8601, exact to the nanosecond. A value of a sealed type carries its `kind`.
///
/// A record that changes its shape gets a new version in the table, and the old one stays readable for ever.
public final class EventCodec {
    /// Every event that may be in a ledger, by its type.
    public static final SortedMap<String, Class<? extends Event>> TYPES =
            Collections.unmodifiableSortedMap(
                    new TreeMap<>(
                            Map.ofEntries(
                                    Map.entry("desk.alarm-raised@1", DeskEvent.AlarmRaised.class),
                                    Map.entry("desk.frozen@1", DeskEvent.Frozen.class),
                                    Map.entry("desk.kill-tested@1", DeskEvent.KillTested.class),
                                    Map.entry("desk.killed@2", DeskEvent.Killed.class),
                                    Map.entry("desk.open-checked@1", DeskEvent.OpenChecked.class),
                                    Map.entry(
                                            "desk.operator-added@1", DeskEvent.OperatorAdded.class),
                                    Map.entry(
                                            "desk.operator-removed@1",
                                            DeskEvent.OperatorRemoved.class),
                                    Map.entry("desk.promoted@1", DeskEvent.Promoted.class),
                                    Map.entry("desk.reassessed@1", DeskEvent.Reassessed.class),
                                    Map.entry("desk.thawed@1", DeskEvent.Thawed.class),
                                    Map.entry("effect.confirmed@2", EffectConfirmed.class),
                                    Map.entry("effect.failed@2", EffectFailed.class),
                                    Map.entry("effect.intended@2", EffectIntended.class),
                                    Map.entry(
                                            "judge.baseline-taken@1",
                                            JudgeEvent.BaselineTaken.class),
                                    Map.entry("judge.begun@1", JudgeEvent.JudgingBegun.class),
                                    Map.entry("judge.looked@1", JudgeEvent.Looked.class),
                                    Map.entry("judge.person-asked@1", JudgeEvent.PersonAsked.class),
                                    Map.entry("keep.cleared@1", KeepEvent.Cleared.class),
                                    Map.entry("keep.instance-left@1", KeepEvent.InstanceLeft.class),
                                    Map.entry("keep.instance-lost@1", KeepEvent.InstanceLost.class),
                                    Map.entry("keep.mend-begun@2", KeepEvent.MendBegun.class),
                                    Map.entry("keep.mend-ended@1", KeepEvent.MendEnded.class),
                                    Map.entry("keep.token-found@1", KeepEvent.TokenFound.class),
                                    Map.entry("keep.went-stuck@1", KeepEvent.WentStuck.class),
                                    Map.entry(
                                            "rollout.abort-asked@1", RolloutEvent.AbortAsked.class),
                                    Map.entry("rollout.approved@1", RolloutEvent.Approved.class),
                                    Map.entry("rollout.finished@1", RolloutEvent.Finished.class),
                                    Map.entry("rollout.kept@1", RolloutEvent.Kept.class),
                                    Map.entry("rollout.planned@2", RolloutEvent.Planned.class),
                                    Map.entry("rollout.started@2", RolloutEvent.Started.class),
                                    Map.entry(
                                            "rollout.turned-back@1", RolloutEvent.TurnedBack.class),
                                    Map.entry("step.failed@1", StepFailed.class),
                                    Map.entry("step.taken@1", StepTaken.class))));

    // One for all: what it learns of a type takes it longer than to write a thousand events.
    private static final JsonMapper JSON = mapper();

    private static final Map<Class<?>, String> NAMES =
            TYPES.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    /// An event as the ledger keeps it.
    ///
    /// @param type `name@version`
    /// @param body one line of canonical JSON
    public record Coded(String type, String body) {}

    /// Puts the `kind` on values of a sealed type; the rooms that own the types stay free of Jackson.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface Kind {}

    private static JsonMapper mapper() {
        var builder =
                JsonMapper.builder()
                        .addModule(new Jdk8Module())
                        .addModule(new JavaTimeModule())
                        .addModule(new SimpleModule().addSerializer(Double.class, new Plain()))
                        .visibility(PropertyAccessor.GETTER, Visibility.NONE)
                        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .defaultPropertyInclusion(
                                JsonInclude.Value.construct(
                                        JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
        return withKinds(builder).build();
    }

    /// A mapper that writes steps and effects with their `kind`, as the ledger has them.
    public static JsonMapper.Builder withKinds(JsonMapper.Builder builder) {
        for (var sealed : new Class<?>[] {Step.class, Effect.class}) {
            builder.addMixIn(sealed, Kind.class);
            leaves(sealed)
                    .forEach(leaf -> builder.registerSubtypes(new NamedType(leaf, kind(leaf))));
        }
        return builder;
    }

    /// The records that a sealed type comes down to.
    static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EventCodec::leaves)
                : Stream.of(type);
    }

    private static String kind(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /// Whole numbers without a fraction and others without an exponent, as RFC 8785 writes them between 1e-6 and 1e21.
    private static final class Plain extends StdSerializer<Double> {
        private static final long serialVersionUID = 1;

        Plain() {
            super(Double.class);
        }

        @Override
        public void serialize(Double number, JsonGenerator to, SerializerProvider with)
                throws IOException {
            to.writeNumber(BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
        }
    }

    /// Writes an event.
    public Coded encode(Event event) {
        var type = NAMES.get(event.getClass());
        if (type == null) {
            throw new IllegalStateException(event.getClass() + " is missing in the table of types");
        }
        try {
            // By way of plain maps, because Jackson puts the kind first, wherever it belongs.
            var tree = JSON.treeToValue(JSON.valueToTree(event), Object.class);
            return new Coded(type, escaped(JSON.writeValueAsString(tree)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every event can be written", e);
        }
    }

    /// What services and probes say may hold any character. The ledger takes no control character and no half of a surrogate pair, so those
    /// that JSON would leave as they are, which can only stand in strings, are escaped too; they are read again as they were.
    private static String escaped(String body) {
        if (isPlain(body)) {
            return body;
        }
        var text = new StringBuilder();
        body.codePoints()
                .forEach(
                        c -> {
                            if (isOdd(c)) {
                                text.append("\\u%04x".formatted(c));
                            } else {
                                text.appendCodePoint(c);
                            }
                        });
        return text.toString();
    }

    /// Whether it surely has nothing to escape: nearly all have nothing but ASCII.
    private static boolean isPlain(String body) {
        for (int i = 0; i < body.length(); i++) {
            var c = body.charAt(i);
            if (c > 0x7E || c < 0x20) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOdd(int c) {
        return Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF);
    }

    /// A body with other texts in it, as canonical as before.
    ///
    /// @param text from a key and the text below it, at any depth, to the text instead
    String withTexts(String body, BinaryOperator<String> text) {
        try {
            return escaped(
                    JSON.writeValueAsString(with(JSON.readValue(body, Object.class), "", text)));
        } catch (JsonProcessingException e) {
            throw new OperationFailed(
                    Code.FILE_CORRUPT, "an entry is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static @Nullable Object with(
            @Nullable Object value, String key, BinaryOperator<String> text) {
        return switch (value) {
            case String one -> text.apply(key, one);
            case Map<?, ?> map -> {
                var changed = new LinkedHashMap<Object, @Nullable Object>();
                map.forEach((name, one) -> changed.put(name, with(one, "" + name, text)));
                yield changed;
            }
            case List<?> list -> list.stream().map(one -> with(one, key, text)).toList();
            case null, default -> value;
        };
    }

    /// The text that a body has under a key; empty when it has none.
    Optional<String> text(String body, String key) {
        try {
            return JSON.readValue(body, Object.class) instanceof Map<?, ?> map
                            && map.get(key) instanceof String text
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new OperationFailed(
                    Code.FILE_CORRUPT, "an entry is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// Reads an event.
    ///
    /// @return empty for a type that a newer release wrote: it is kept and shown, and not folded
    /// @throws OperationFailed with `FILE_CORRUPT` when the type is known and the body is not of it
    public Optional<Event> decode(String type, String body) {
        var known = TYPES.get(OlderEvents.NOW.getOrDefault(type, type));
        if (known == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    OlderEvents.NOW.containsKey(type)
                            ? JSON.treeToValue(OlderEvents.asNow(type, JSON.readTree(body)), known)
                            : JSON.readValue(body, known));
        } catch (JsonProcessingException e) {
            throw new OperationFailed(
                    Code.FILE_CORRUPT,
                    "an entry is not a " + type + ": " + e.getOriginalMessage(),
                    e);
        }
    }
}
