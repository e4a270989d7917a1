package dev.pitcrew.server;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Plan;
import dev.pitcrew.model.Words;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The API's document, made from the very routes that are served and the very records that are sent.
final class OpenApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern VARIES = Pattern.compile("\\{([a-z]+)\\}");

    private final Map<String, ObjectNode> schemas = new TreeMap<>();

    private OpenApi() {}

    /// @see <a href="https://spec.openapis.org/oas/v3.1.0">OpenAPI 3.1.0</a>
    static ObjectNode document(List<Route> routes) {
        var api = new OpenApi();
        var document = JSON.createObjectNode();
        document.put("openapi", "3.1.0");
        var info = document.putObject("info");
        info.put("title", "Pitcrew");
        info.put("version", "1");
        info.put(
                "description",
                "Status, ledger and acts of one controller. What /v1 answers only ever gets more properties; what is taken away or changes its meaning comes as /v2.");
        info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        document.putArray("security").addObject().putArray("token");
        var paths = document.putObject("paths");
        for (var route : routes) {
            var path =
                    paths.get(route.path()) instanceof ObjectNode known
                            ? known
                            : paths.putObject(route.path());
            api.operation(route, path.putObject(route.method().toLowerCase(java.util.Locale.ROOT)));
        }
        var components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        api.schema(Refusal.Body.class);
        var known = components.putObject("schemas");
        api.schemas.forEach(known::set);
        return document;
    }

    private void operation(Route route, ObjectNode operation) {
        operation.put("operationId", name(route));
        operation.put("summary", route.told());
        operation.put("description", "Takes the right `" + Words.of(route.right()) + "`.");
        var parameters = JSON.createArrayNode();
        for (Matcher one = VARIES.matcher(route.path()); one.find(); ) {
            var parameter = parameters.addObject();
            parameter.put("name", one.group(1)).put("in", "path").put("required", true);
            parameter
                    .putObject("schema")
                    .put("type", "integer")
                    .put("minimum", 0)
                    .put("maximum", Long.MAX_VALUE);
        }
        for (var one : route.parameters()) {
            var parameter = parameters.addObject();
            parameter.put("name", one.name()).put("in", "query").put("description", one.told());
            parameter
                    .putObject("schema")
                    .put("type", "integer")
                    .put("minimum", one.least())
                    .put("maximum", one.most())
                    .put("default", one.otherwise());
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        if (route.asked() != null) {
            var body = operation.putObject("requestBody").put("required", true);
            body.putObject("content")
                    .putObject("application/json")
                    .set("schema", schema(route.asked()));
        }
        var responses = operation.putObject("responses");
        var good = responses.putObject("200").put("description", "It is so.");
        var content = good.putObject("content").putObject(route.answered().kind());
        var type = route.answered().type();
        content.set(
                "schema",
                type == null ? JSON.createObjectNode().put("type", "string") : schema(type));
        var refused = responses.putObject("default").put("description", "It is refused.");
        refused.putObject("content")
                .putObject("application/json")
                .set("schema", schema(Refusal.Body.class));
    }

    private static String name(Route route) {
        return route.method().toLowerCase(java.util.Locale.ROOT)
                + route.path().replaceAll("[{}]", "").replaceAll("[^A-Za-z0-9]+", "-");
    }

    private ObjectNode schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            var raw = generic.getRawType();
            var last =
                    generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            var schema = JSON.createObjectNode();
            if (raw == Map.class) {
                schema.put("type", "object").set("additionalProperties", schema(last));
            } else {
                schema.put("type", "array").set("items", schema(last));
            }
            return schema;
        }
        if (!(type instanceof Class<?> one)) {
            throw new IllegalArgumentException("no schema for " + type);
        }
        var schema = JSON.createObjectNode();
        if (one == String.class) {
            return schema.put("type", "string");
        } else if (one == boolean.class || one == Boolean.class) {
            return schema.put("type", "boolean");
        } else if (one == int.class || one == long.class || one == Long.class) {
            return schema.put("type", "integer");
        } else if (one == double.class) {
            return schema.put("type", "number");
        } else if (one == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        } else if (one.isEnum()) {
            schema.put("type", "string");
            var values = schema.putArray("enum");
            Arrays.stream(one.getEnumConstants()).forEach(value -> values.add(value.toString()));
            return schema;
        } else if (one == Routes.Acted.class) {
            var either = schema.putArray("oneOf");
            either.add(schema(Several.of(Event.class)));
            either.add(schema(Plan.class));
            return schema;
        } else if (one == Event.class) {
            return named(
                    "Event",
                    "An event as the ledger keeps it: its `kind`, when and of which service, and what its kind has.",
                    List.of("at", "service"));
        } else if (one == Plan.class) {
            return named(
                    "Plan",
                    "What a rollout would do: its steps forward and back, each with its `kind`, and what has to be approved.",
                    List.of("service", "forward", "back", "approval"));
        } else if (one.isRecord()) {
            return record(one);
        }
        throw new IllegalArgumentException("no schema for " + one);
    }

    private ObjectNode named(String name, String told, List<String> required) {
        var schema = JSON.createObjectNode();
        schema.put("type", "object").put("description", told);
        var names = schema.putArray("required");
        required.forEach(names::add);
        schemas.put(name, schema);
        return reference(name);
    }

    private ObjectNode record(Class<?> type) {
        var owner = type.getDeclaringClass();
        var name = (owner == null ? "" : owner.getSimpleName()) + type.getSimpleName();
        if (!schemas.containsKey(name)) {
            var schema = JSON.createObjectNode();
            schemas.put(name, schema); // before its parts, which may hold it
            schema.put("type", "object");
            var properties = schema.putObject("properties");
            var required = JSON.createArrayNode();
            for (var part : type.getRecordComponents()) {
                var isAbsent = isNullable(part);
                properties.set(part.getName(), isAbsent ? orNull(part) : schema(of(part)));
                if (!isAbsent && type != Asked.class) {
                    required.add(part.getName());
                }
            }
            if (!required.isEmpty()) {
                schema.set("required", required);
            }
        }
        return reference(name);
    }

    private static Type of(RecordComponent part) {
        return part.getGenericType();
    }

    private ObjectNode orNull(RecordComponent part) {
        var either = JSON.createObjectNode();
        var choices = either.putArray("anyOf");
        choices.add(schema(of(part)));
        choices.addObject().put("type", "null");
        return either;
    }

    private static boolean isNullable(RecordComponent part) {
        AnnotatedType type = part.getAnnotatedType();
        return isNullable(type) || isNullable((AnnotatedElement) part);
    }

    private static boolean isNullable(AnnotatedElement element) {
        return element.isAnnotationPresent(Nullable.class);
    }

    private static ObjectNode reference(String name) {
        return JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }
}
