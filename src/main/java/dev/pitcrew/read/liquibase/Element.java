package dev.pitcrew.read.liquibase;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A piece of a changelog, however it is written.
///
/// @param attributes what it says in one word each
/// @param text between its tags; empty when it has none
/// @param inner what stands in it
record Element(
        String name,
        Place place,
        Map<String, Located<String>> attributes,
        StringBuilder text,
        List<Element> inner) {
    private static final Pattern TAG =
            Pattern.compile(
                    "<(/?)(?:[a-z]{1,20}:)?([A-Za-z]{1,60})((?:\\s++[\\w:.-]{1,80}+\\s*+=\\s*+(?:\"[^\"]*+\"|'[^']*+'))*+)\\s*+(/?)>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([\\w.-]{1,80})\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)')");
    private static final int DEPTH_MAX = 40;

    private Element(String name, Place place) {
        this(name, place, new LinkedHashMap<>(), new StringBuilder(), new ArrayList<>());
    }

    /// What an attribute says.
    Optional<Located<String>> get(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /// The first one in it of a name.
    Optional<Element> one(String of) {
        return inner.stream().filter(one -> one.name().equals(of)).findFirst();
    }

    /// Tags that don't fit each other are taken as they come.
    static Element xml(SourceFile file) {
        var root = new Element("", file.place(1, 1));
        var open = new ArrayDeque<Element>();
        open.push(root);
        String text = blanked(file.text());
        var tag = TAG.matcher(text);
        int end = 0;
        while (tag.find()) {
            Element around = open.element();
            around.text().append(text, end, tag.start());
            end = tag.end();
            if (!tag.group(1).isEmpty()) {
                if (open.size() > 1) {
                    open.pop();
                }
                continue;
            }
            var element = new Element(tag.group(2), file.place(tag.start(2)));
            var attribute = ATTRIBUTE.matcher(tag.group(3));
            while (attribute.find()) {
                int group = attribute.group(2) != null ? 2 : 3;
                element.attributes()
                        .put(
                                attribute.group(1),
                                new Located<>(
                                        attribute.group(group),
                                        file.place(tag.start(3) + attribute.start(group))));
            }
            around.inner().add(element);
            if (tag.group(4).isEmpty() && open.size() < DEPTH_MAX) {
                open.push(element);
            }
        }
        return root;
    }

    /// Comments become blanks, so that places stay.
    private static String blanked(String text) {
        var kept = new StringBuilder(text);
        int from = text.indexOf("<!--");
        while (from >= 0) {
            int end = text.indexOf("-->", from);
            int stop = end < 0 ? text.length() : end + 3;
            for (int i = from; i < stop; i++) {
                if (kept.charAt(i) != '\n') {
                    kept.setCharAt(i, ' ');
                }
            }
            from = text.indexOf("<!--", stop);
        }
        return kept.toString();
    }

    /// In YAML each piece is a mapping with one key.
    static Element yaml(String name, Place place, Node node) {
        var element = new Element(name, place);
        element.take(node);
        return element;
    }

    private void take(Node node) {
        switch (node) {
            case Node.Scalar one -> text.append(one.text());
            case Node.Sequence list -> list.items().forEach(this::take);
            case Node.Mapping map -> {
                for (var entry : map.entries()) {
                    if (entry.value() instanceof Node.Scalar one) {
                        attributes.putIfAbsent(
                                entry.name(), new Located<>(one.text(), one.place()));
                    } else if (entry.name().matches("changes|columns|databaseChangeLog")) {
                        take(entry.value());
                    } else {
                        inner.add(yaml(entry.name(), entry.key().place(), entry.value()));
                    }
                }
            }
        }
    }
}
