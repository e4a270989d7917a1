package dev.pitcrew.read.cloud;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.cloud.Hcl.Attribute;
import dev.pitcrew.read.cloud.Hcl.Block;
import dev.pitcrew.read.cloud.Hcl.Body;
import dev.pitcrew.read.cloud.Hcl.Entries;
import dev.pitcrew.read.cloud.Hcl.Items;
import dev.pitcrew.read.cloud.Hcl.Text;
import dev.pitcrew.read.cloud.Hcl.Value;
import dev.pitcrew.read.cloud.Hcl.Word;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Terraform written as JSON, as the same blocks.
///
/// @see <a href="https://developer.hashicorp.com/terraform/language/syntax/json">JSON configuration syntax</a>
final class TerraformJson {
    /// How many labels the blocks of the top have.
    private static final Map<String, Integer> LABELS =
            Map.of(
                    "resource",
                    2,
                    "data",
                    2,
                    "module",
                    1,
                    "variable",
                    1,
                    "provider",
                    1,
                    "output",
                    1,
                    "locals",
                    0,
                    "terraform",
                    0);

    private TerraformJson() {}

    static Hcl.File parse(SourceFile file) {
        var parsed = YamlTree.parse(file.path(), file.text());
        var blocks = new ArrayList<Block>();
        if (parsed.root().orElse(null) instanceof Node.Mapping root) {
            for (var entry : root.entries()) {
                int labels = LABELS.getOrDefault(entry.name(), 0);
                add(entry.key().place(), entry.name(), List.of(), labels, entry.value(), blocks);
            }
        }
        return new Hcl.File(new Body(List.of(), blocks), parsed.problems());
    }

    private static void add(
            Place place,
            String type,
            List<Located<String>> labels,
            int more,
            Node node,
            List<Block> blocks) {
        if (node instanceof Node.Sequence list) {
            list.items().forEach(one -> add(place, type, labels, more, one, blocks));
        } else if (node instanceof Node.Mapping map && more > 0) {
            for (var entry : map.entries()) {
                var all = new ArrayList<>(labels);
                all.add(new Located<>(entry.name(), entry.key().place()));
                add(all.getLast().place(), type, all, more - 1, entry.value(), blocks);
            }
        } else if (node instanceof Node.Mapping map) {
            blocks.add(new Block(place, type, labels, body(map)));
        }
    }

    private static Body body(Node.Mapping map) {
        var attributes = new ArrayList<Attribute>();
        var blocks = new ArrayList<Block>();
        for (var entry : map.entries()) {
            if (entry.name().equals("backend") && entry.value() instanceof Node.Mapping backend) {
                add(entry.key().place(), "backend", List.of(), 1, backend, blocks);
            } else {
                attributes.add(
                        new Attribute(entry.key().place(), entry.name(), value(entry.value())));
            }
        }
        return new Body(attributes, blocks);
    }

    static Value value(Node node) {
        return switch (node) {
            case Node.Scalar one ->
                    one.plain() && one.text().matches("true|false|null|-?[0-9.]{1,20}")
                            ? new Word(one.place(), one.text())
                            : new Text(one.place(), one.text());
            case Node.Sequence one ->
                    new Items(one.place(), one.items().stream().map(TerraformJson::value).toList());
            case Node.Mapping one ->
                    new Entries(
                            one.place(),
                            one.entries().stream()
                                    .map(
                                            entry ->
                                                    new Attribute(
                                                            entry.key().place(),
                                                            entry.name(),
                                                            value(entry.value())))
                                    .toList());
        };
    }
}
