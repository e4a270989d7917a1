package dev.pitcrew.read.kubernetes;

import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;

/// Gives images other names and tags, as a kustomization's `images` does.
final class Images {
    private Images() {}

    static Node renamed(Node tree, Node wish) {
        return switch (tree) {
            case Mapping mapping ->
                    new Mapping(
                            mapping.place(),
                            mapping.entries().stream()
                                    .map(
                                            entry ->
                                                    new Entry(
                                                            entry.key(),
                                                            entry.name().equals("image")
                                                                            && entry.value()
                                                                                    instanceof
                                                                                    Scalar image
                                                                    ? image(image, wish)
                                                                    : renamed(entry.value(), wish)))
                                    .toList());
            case Sequence list ->
                    new Sequence(
                            list.place(),
                            list.items().stream().map(item -> renamed(item, wish)).toList());
            case Scalar scalar -> scalar;
        };
    }

    private static Scalar image(Scalar image, Node wish) {
        String name = wish.scalarAt("name").map(Scalar::text).orElse("");
        String bare = image.text().replaceFirst("@.*", "").replaceFirst(":[^/:]*$", "");
        if (name.isEmpty() || !bare.equals(name)) {
            return image;
        }
        String other = wish.scalarAt("newName").map(Scalar::text).orElse(name);
        var digest = wish.scalarAt("digest");
        var tag = wish.scalarAt("newTag");
        String rest =
                digest.map(one -> "@" + one.text())
                        .or(() -> tag.map(one -> ":" + one.text()))
                        .orElse(image.text().substring(bare.length()));
        return new Scalar(
                digest.or(() -> tag).map(Node::place).orElse(image.place()), other + rest, true);
    }
}
