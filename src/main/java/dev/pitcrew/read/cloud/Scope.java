package dev.pitcrew.read.cloud;

import dev.pitcrew.model.Located;
import dev.pitcrew.read.cloud.Hcl.Attribute;
import dev.pitcrew.read.cloud.Hcl.Block;
import dev.pitcrew.read.cloud.Hcl.Body;
import dev.pitcrew.read.cloud.Hcl.Entries;
import dev.pitcrew.read.cloud.Hcl.Expression;
import dev.pitcrew.read.cloud.Hcl.Items;
import dev.pitcrew.read.cloud.Hcl.Text;
import dev.pitcrew.read.cloud.Hcl.Value;
import dev.pitcrew.read.cloud.Hcl.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What names stand for in one use of a module: its variables and locals. Whatever else an expression asks for is unknown.
final class Scope {
    private static final int DEPTH_MAX = 8;

    /// Of one value: names that stand for texts full of names would take for ever.
    private static final int STEPS_MAX = 500;

    private static final int PARTS_MAX = 20;

    private static final Pattern NAME =
            Pattern.compile("(var|local)\\.([A-Za-z0-9_-]+)((?:\\.[A-Za-z0-9_-]+)*)");
    private static final Pattern INDEX = Pattern.compile("\\[\"([A-Za-z0-9_-]+)\"]");
    private static final Pattern FILLED =
            Pattern.compile("\\$\\{\\s*((?:var|local)\\.[A-Za-z0-9_.-]+)\\s*\\}");

    private final Map<String, Value> variables;
    private final Map<String, Value> locals;
    private int steps;

    /// @param variables that are known, with nothing left to look up
    /// @param locals as they are written
    Scope(Map<String, Value> variables, Map<String, Value> locals) {
        this.variables = Map.copyOf(variables);
        this.locals = Map.copyOf(locals);
    }

    /// The value with what it names filled in; an [Expression] where that can't be known.
    Value resolved(Value value) {
        steps = 0;
        return resolved(value, 0);
    }

    private Value resolved(Value value, int depth) {
        return switch (value) {
            case Expression one -> named(one.text(), depth).orElse(one);
            case Text one -> filled(one, depth);
            case Word _, Items _, Entries _ -> value;
        };
    }

    private Optional<Value> named(String text, int depth) {
        var name = NAME.matcher(text.length() > 300 ? "" : INDEX.matcher(text).replaceAll(".$1"));
        if (depth > DEPTH_MAX || ++steps > STEPS_MAX || !name.matches()) {
            return Optional.empty();
        }
        var from = name.group(1).equals("var") ? variables : locals;
        Value found = from.get(name.group(2));
        for (String part : name.group(3).split("\\.", PARTS_MAX)) {
            if (!part.isEmpty() && found != null) {
                found = resolved(found, depth + 1) instanceof Entries one ? entry(one, part) : null;
            }
        }
        return Optional.ofNullable(found).map(one -> resolved(one, depth + 1));
    }

    private static @Nullable Value entry(Entries entries, String key) {
        return entries.entries().stream()
                .filter(one -> one.name().equals(key))
                .map(Attribute::value)
                .findFirst()
                .orElse(null);
    }

    private Value filled(Text text, int depth) {
        if (!text.text().contains("${") || text.text().length() > 10_000) {
            return text;
        }
        var match = FILLED.matcher(text.text());
        var now = new StringBuilder();
        while (match.find()) {
            Optional<Value> value = named(match.group(1), depth);
            if (value.isPresent() && match.start() == 0 && match.end() == text.text().length()) {
                return value.get();
            }
            String words =
                    value.map(Scope::text).filter(one -> !one.isEmpty()).orElse(match.group());
            match.appendReplacement(now, Matcher.quoteReplacement(words));
        }
        match.appendTail(now);
        return new Text(text.place(), now.toString());
    }

    private static String text(Value value) {
        return switch (value) {
            case Text one -> one.text().length() < 200 ? one.text() : "";
            case Word one -> one.text();
            case Items _, Entries _, Expression _ -> "";
        };
    }

    /// What is said under a path such as `settings.backup_configuration.enabled`, through blocks and objects; of several blocks the first.
    Answer at(Body body, String path) {
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        var value = body.value(first);
        if (value.isPresent()) {
            return at(value.get(), rest);
        }
        var blocks = body.blocks(first);
        if (!blocks.isEmpty() && !rest.isEmpty()) {
            return at(blocks.getFirst().body(), rest);
        }
        var made = made(body, first);
        return made.isPresent() ? new Answer.Unknown(made.get().place()) : new Answer.Nothing();
    }

    private static Optional<Block> made(Body body, String type) {
        return body.blocks("dynamic").stream().filter(one -> one.label(0).equals(type)).findFirst();
    }

    private Answer at(Value value, String path) {
        Value now = resolved(value);
        if (now instanceof Word word && word.text().equals("null")) {
            return new Answer.Nothing();
        }
        if (path.isEmpty()) {
            return switch (now) {
                case Text one when !one.text().contains("${") ->
                        new Answer.Said(new Located<>(one.text(), one.place()));
                case Word one -> new Answer.Said(new Located<>(one.text(), one.place()));
                default -> new Answer.Unknown(now.place());
            };
        }
        return switch (now) {
            case Entries one -> at(new Body(one.entries(), List.of()), path);
            case Items one when one.items().isEmpty() -> new Answer.Nothing();
            case Items one -> at(one.items().getFirst(), path);
            default -> new Answer.Unknown(now.place());
        };
    }

    /// The texts of a list, or of one text; those that can't be known are left out.
    List<Located<String>> texts(Body body, String name) {
        var texts = new ArrayList<Located<String>>();
        body.value(name)
                .map(this::resolved)
                .ifPresent(
                        value -> {
                            var items = value instanceof Items list ? list.items() : List.of(value);
                            for (Value one : items) {
                                at(one, "").said().ifPresent(texts::add);
                            }
                        });
        return texts;
    }

    /// The bodies of what is written as blocks of a type, or as a list of objects.
    List<Body> bodies(Body body, String name) {
        var bodies = new ArrayList<>(body.blocks(name).stream().map(Block::body).toList());
        body.value(name)
                .map(this::resolved)
                .ifPresent(
                        value -> {
                            var items = value instanceof Items list ? list.items() : List.of(value);
                            for (Value one : items) {
                                if (resolved(one) instanceof Entries entries) {
                                    bodies.add(new Body(entries.entries(), List.of()));
                                }
                            }
                        });
        return bodies;
    }
}
