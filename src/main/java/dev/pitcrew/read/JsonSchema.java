package dev.pitcrew.read;

import dev.pitcrew.read.Shape.Either;
import dev.pitcrew.read.Shape.Field;
import dev.pitcrew.read.Shape.Listing;
import dev.pitcrew.read.Shape.Named;
import dev.pitcrew.read.Shape.OneWord;
import dev.pitcrew.read.Shape.Section;
import dev.pitcrew.read.Shape.Value;
import dev.pitcrew.read.Shape.Whole;
import java.util.ArrayList;
import java.util.List;

/// Prints a declaration as JSON Schema, draft 2020-12. Each section becomes one definition.
///
/// Plain appending and `instanceof` throughout: lambdas, `+` on strings and `switch` on types are linked at run time,
/// which is most of what a command as short as this one would spend.
///
/// @see <a href="https://json-schema.org/draft/2020-12/schema">JSON Schema 2020-12</a>
final class JsonSchema {
    private final StringBuilder out = new StringBuilder(1 << 16);
    private final List<Section> pending = new ArrayList<>();
    private final List<String> defined = new ArrayList<>();

    String render(Section root) {
        out.append("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n");
        out.append("  \"title\": \"A trading system, as Pitcrew reads it from pitcrew.yaml\",\n  ");
        shape(root, "");
        out.append(",\n  \"$defs\": {");
        for (int i = 0; i < pending.size(); i++) { // grows meanwhile
            out.append(i == 0 ? "\n    " : ",\n    ");
            text(pending.get(i).name());
            out.append(": ");
            section(pending.get(i));
        }
        return out.append("\n  }\n}\n").toString();
    }

    /// Appends the members that describe the shape, without braces.
    private void shape(Shape shape, String doc) {
        if (!doc.isEmpty()) {
            member("description");
            text(doc);
            out.append(", ");
        }
        if (shape instanceof Value value) {
            value(value.kind());
        } else if (shape instanceof OneWord words) {
            member("enum");
            texts(words.words());
        } else if (shape instanceof Whole whole) {
            member("type");
            out.append("\"integer\", \"minimum\": ").append(whole.min());
            out.append(", \"maximum\": ").append(whole.max());
        } else if (shape instanceof Section section) {
            reference(section);
        } else if (shape instanceof Named named) {
            member("type");
            out.append("\"object\", \"propertyNames\": {");
            pattern(named.key());
            out.append("}, \"additionalProperties\": {");
            shape(named.value(), "");
            out.append('}');
        } else if (shape instanceof Listing listing) {
            member("type");
            out.append("\"array\", \"minItems\": ").append(listing.min()).append(", \"items\": {");
            shape(listing.item(), "");
            out.append('}');
        } else if (shape instanceof Either either) {
            member("anyOf");
            out.append("[{");
            shape(either.first(), "");
            out.append("}, {");
            shape(either.second(), "");
            out.append("}]");
        }
    }

    private void value(Kind kind) {
        member("type");
        if (kind == Kind.NUMBER) {
            out.append("\"number\"");
        } else if (kind == Kind.FLAG) {
            out.append("\"boolean\"");
        } else if (kind.pattern().isEmpty()) {
            out.append("[\"string\", \"number\", \"boolean\"]"); // YAML reads an unquoted 1 as a
            // number
        } else {
            // A name or version of digits alone is a number to YAML; the pattern then doesn't
            // apply.
            out.append(kind == Kind.VERSION ? "[\"string\", \"number\"], " : "\"string\", ");
            pattern(kind);
        }
    }

    private void pattern(Kind kind) {
        member("pattern");
        text("^(".concat(kind.pattern()).concat(")$"));
    }

    private void reference(Section section) {
        if (!defined.contains(section.name())) {
            defined.add(section.name());
            pending.add(section);
        }
        member("$ref");
        text("#/$defs/".concat(section.name()));
    }

    private void section(Section section) {
        out.append("{\"type\": \"object\", \"additionalProperties\": false");
        var required = new ArrayList<String>();
        for (Field field : section.fields()) {
            if (field.required()) {
                required.add(field.key());
            }
        }
        if (!required.isEmpty()) {
            out.append(", \"required\": ");
            texts(required);
        }
        if (!section.choice().isEmpty()) {
            choice(section.choice());
        }
        together(section);
        out.append(", \"properties\": {");
        String comma = "\n      ";
        for (Field field : section.fields()) {
            out.append(comma);
            comma = ",\n      ";
            text(field.key());
            out.append(": {");
            shape(field.shape(), field.doc());
            if (!field.ifAbsent().isEmpty()) {
                out.append(", \"default\": ");
                if (field.shape() instanceof Whole) {
                    out.append(field.ifAbsent());
                } else {
                    text(field.ifAbsent());
                }
            }
            out.append('}');
        }
        out.append("}}");
    }

    private void choice(List<String> keys) {
        out.append(", \"oneOf\": [");
        String comma = "";
        for (String key : keys) {
            out.append(comma).append("{\"required\": [");
            text(key);
            out.append("]}");
            comma = ", ";
        }
        out.append(']');
    }

    private void together(Section section) {
        String opening = ", \"dependentRequired\": {";
        boolean any = false;
        for (Field field : section.fields()) {
            if (!field.with().isEmpty()) {
                out.append(any ? ", " : opening);
                any = true;
                text(field.key());
                out.append(": [");
                text(field.with());
                out.append(']');
            }
        }
        out.append(any ? "}" : "");
    }

    private void member(String key) {
        text(key);
        out.append(": ");
    }

    private void texts(List<String> all) {
        String comma = "[";
        for (String one : all) {
            out.append(comma);
            text(one);
            comma = ", ";
        }
        out.append(']');
    }

    /// The declarations hold no control characters, so two escapes are enough.
    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }
}
