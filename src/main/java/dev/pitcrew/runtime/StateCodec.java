package dev.pitcrew.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pitcrew.ledger.Bytes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// States as canonical bytes, by what their records declare: equal states give the same bytes, and bytes give the state back, with the order
/// of what is declared as sequenced. Only the program that wrote them reads them, so nothing in them has a version.
///
/// A record is the list of its parts. One of a sealed type has its name first.
public final class StateCodec {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Comparator<JsonNode> BY_TEXT = Comparator.comparing(JsonNode::toString);

    private final JsonMapper json = new JsonMapper();

    /// @throws IllegalStateException when it holds something that no state is made of
    public Bytes encode(Record state) {
        return Bytes.copyOf(
                node(state.getClass(), state).toString().getBytes(StandardCharsets.UTF_8));
    }

    /// @throws IllegalArgumentException when it is not one
    public <T extends Record> T decode(Class<T> type, Bytes state) {
        try {
            var text = new String(state.toArray(), StandardCharsets.UTF_8);
            return type.cast(present(type, json.readTree(text)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no state of " + type, e);
        }
    }

    private static JsonNode node(Type type, @Nullable Object value) {
        var raw = raw(type);
        return switch (value) {
            case null -> NullNode.instance;
            case String text -> NODES.textNode(text);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Boolean fact -> NODES.booleanNode(fact);
            case Double number -> NODES.textNode(number.toString()); // exact, NaN as well
            case Enum<?> one -> NODES.textNode(one.name());
            case Instant at -> NODES.textNode(at.toString());
            case Duration span -> NODES.textNode(span.toString());
            case Optional<?> one ->
                    list(one.stream().map(it -> node(argument(type, 0), it)).toList());
            case List<?> list ->
                    list(list.stream().map(it -> node(argument(type, 0), it)).toList());
            case Set<?> set -> {
                var all = set.stream().map(it -> node(argument(type, 0), it));
                yield list((raw == SequencedSet.class ? all : all.sorted(BY_TEXT)).toList());
            }
            case Map<?, ?> map -> {
                var all =
                        map.entrySet().stream()
                                .<JsonNode>map(
                                        it ->
                                                list(
                                                        List.of(
                                                                node(
                                                                        argument(type, 0),
                                                                        it.getKey()),
                                                                node(
                                                                        argument(type, 1),
                                                                        it.getValue()))));
                yield list((raw == SequencedMap.class ? all : all.sorted(BY_TEXT)).toList());
            }
            case Record record -> {
                var parts = new ArrayList<JsonNode>();
                if (raw.isSealed()) {
                    parts.add(NODES.textNode(record.getClass().getName()));
                }
                for (var part : record.getClass().getRecordComponents()) {
                    parts.add(node(part.getGenericType(), part(part, record)));
                }
                yield list(parts);
            }
            default -> throw new IllegalStateException("no state is made of " + value.getClass());
        };
    }

    private static ArrayNode list(Collection<? extends JsonNode> parts) {
        return NODES.arrayNode().addAll(parts);
    }

    private static @Nullable Object part(RecordComponent part, Record record) {
        try {
            var accessor = part.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(part + " can't be read", e);
        }
    }

    private static @Nullable Object value(Type type, JsonNode node) {
        var raw = raw(type);
        if (node.isNull()) {
            return null;
        } else if (raw == String.class) {
            return node.textValue();
        } else if (raw == int.class || raw == Integer.class) {
            return node.intValue();
        } else if (raw == long.class || raw == Long.class) {
            return node.longValue();
        } else if (raw == boolean.class || raw == Boolean.class) {
            return node.booleanValue();
        } else if (raw == double.class || raw == Double.class) {
            return Double.valueOf(node.textValue());
        } else if (raw == Instant.class) {
            return Instant.parse(node.textValue());
        } else if (raw == Duration.class) {
            return Duration.parse(node.textValue());
        } else if (raw == Optional.class) {
            return all(type, node).stream().findFirst();
        } else if (raw == List.class) {
            return all(type, node);
        } else if (raw == Set.class || raw == SequencedSet.class) {
            return new LinkedHashSet<>(all(type, node));
        } else if (raw == Map.class || raw == SequencedMap.class) {
            var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
            node.forEach(
                    one ->
                            map.put(
                                    value(argument(type, 0), one.path(0)),
                                    value(argument(type, 1), one.path(1))));
            return map;
        } else if (raw.isEnum()) {
            return constant(raw, node.textValue());
        } else {
            return record(raw, node);
        }
    }

    private static Object present(Type type, JsonNode node) {
        var value = value(type, node);
        if (value == null) {
            throw new IllegalArgumentException("null is no " + type);
        }
        return value;
    }

    private static List<Object> all(Type type, JsonNode node) {
        var all = new ArrayList<Object>();
        node.forEach(one -> all.add(present(argument(type, 0), one)));
        return all;
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one instanceof Enum<?> it && it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is none of " + type));
    }

    private static Object record(Class<?> type, JsonNode node) {
        int first = type.isSealed() ? 1 : 0;
        var its =
                first == 0
                        ? type
                        : EventCodec.leaves(type)
                                .filter(one -> one.getName().equals(node.path(0).textValue()))
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        node.path(0) + " is no " + type));
        if (!its.isRecord()) {
            throw new IllegalStateException("no state is made of " + its);
        }
        var parts = its.getRecordComponents();
        if (node.size() != first + parts.length) {
            throw new IllegalArgumentException("no state of " + its);
        }
        var values = new @Nullable Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = value(parts[i].getGenericType(), node.path(first + i));
        }
        try {
            var types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var maker = its.getDeclaredConstructor(types);
            maker.setAccessible(true);
            return maker.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("no state of " + its, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(its + " can't be made", e);
        }
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> one -> one;
            case ParameterizedType one -> (Class<?>) one.getRawType();
            default -> throw new IllegalStateException("no state is made of " + type);
        };
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType one
                ? one.getActualTypeArguments()[index]
                : Object.class;
    }
}
