package dev.pitcrew.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/// A piece of a page. Text is escaped by construction: a string is always text, and markup is made of [Tag]s alone.
sealed interface Html {
    /// Nothing.
    Html NONE = new Many(List.of());

    /// Writes the markup.
    void write(StringBuilder out);

    /// Text.
    record Text(String value) implements Html {
        @Override
        public void write(StringBuilder out) {
            escape(value, out);
        }
    }

    /// One after the other.
    record Many(List<Html> parts) implements Html {
        public Many {
            parts = List.copyOf(parts);
        }

        @Override
        public void write(StringBuilder out) {
            parts.forEach(one -> one.write(out));
        }
    }

    /// An attribute.
    record Attribute(String name, String value) {}

    /// An element.
    ///
    /// @param name such as `p`
    record Tag(String name, List<Attribute> attributes, List<Html> content) implements Html {
        private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
        private static final List<String> VOID = List.of("meta", "link", "input", "br", "hr");
        private static final List<String> ADDRESSES = List.of("href", "src", "action");

        public Tag {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("no element is called " + name);
            }
            attributes = List.copyOf(attributes);
            content = List.copyOf(content);
        }

        /// With an attribute more.
        ///
        /// @throws IllegalArgumentException when it would run a script, or lead out of the console
        Tag with(String attribute, Object value) {
            var text = String.valueOf(value);
            if (!NAME.matcher(attribute).matches()
                    || attribute.startsWith("on")
                    || attribute.equals("style")) {
                throw new IllegalArgumentException("no attribute is called " + attribute);
            }
            if (ADDRESSES.contains(attribute)
                    && !(text.startsWith("#")
                            || (text.startsWith("/") && !text.startsWith("//")))) {
                throw new IllegalArgumentException("no address of the console: " + text);
            }
            var more = new ArrayList<>(attributes);
            more.add(new Attribute(attribute, text));
            return new Tag(name, more, content);
        }

        /// With a class.
        Tag as(String kind) {
            return with("class", kind);
        }

        /// With content: strings are text.
        Tag of(Object... parts) {
            var more = new ArrayList<>(content);
            more.addAll(all(parts));
            return new Tag(name, attributes, more);
        }

        @Override
        public void write(StringBuilder out) {
            out.append('<').append(name);
            for (var one : attributes) {
                out.append(' ').append(one.name()).append("=\"");
                escape(one.value(), out);
                out.append('"');
            }
            out.append('>');
            if (!VOID.contains(name)) {
                content.forEach(one -> one.write(out));
                out.append("</").append(name).append('>');
            }
        }
    }

    /// An element without anything yet.
    static Tag tag(String name) {
        return new Tag(name, List.of(), List.of());
    }

    /// An element with content: strings are text.
    static Tag tag(String name, Object... parts) {
        return tag(name).of(parts);
    }

    /// One after the other: strings are text.
    static Html many(Object... parts) {
        return new Many(all(parts));
    }

    /// A whole page.
    static String page(Html root) {
        var out = new StringBuilder("<!doctype html>\n");
        root.write(out);
        return out.append('\n').toString();
    }

    private static List<Html> all(Object... parts) {
        var all = new ArrayList<Html>();
        for (var part : parts) {
            switch (part) {
                case Html one -> all.add(one);
                case Collection<?> some -> all.addAll(all(some.toArray()));
                default -> all.add(new Text(String.valueOf(part)));
            }
        }
        return all;
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (c >= ' ' || c == '\n' || c == '\t') {
                        out.append(c);
                    } else {
                        out.append('\uFFFD');
                    }
                }
            }
        }
    }
}
