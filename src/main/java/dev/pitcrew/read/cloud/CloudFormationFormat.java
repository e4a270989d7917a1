package dev.pitcrew.read.cloud;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.read.cloud.Hcl.Attribute;
import dev.pitcrew.read.cloud.Hcl.Body;
import dev.pitcrew.read.cloud.Hcl.Entries;
import dev.pitcrew.read.cloud.Hcl.Expression;
import dev.pitcrew.read.cloud.Hcl.Items;
import dev.pitcrew.read.cloud.Hcl.Text;
import dev.pitcrew.read.cloud.Hcl.Value;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.YamlTree;
import java.util.List;
import java.util.Map;

/// CloudFormation, as YAML with its short tags and as JSON. What a parameter, a condition or a function decides is unknown: each stack may have another.
///
/// @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html">template anatomy</a>
public final class CloudFormationFormat implements Format {
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json", ".template");
    private static final Scope NOTHING_KNOWN = new Scope(Map.of(), Map.of());

    @Override
    public String name() {
        return "cloudformation";
    }

    @Override
    public boolean claims(SourceFile file) {
        return ENDINGS.stream().anyMatch(file.path()::endsWith)
                && file.text().contains("AWS::")
                && file.text().contains("Resources");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            var parsed = YamlTree.parseAll(file.path(), file.text());
            for (var document : parsed.documents()) {
                for (var entry : document.root().entriesAt("Resources")) {
                    entry.value()
                            .scalarAt("Type")
                            .ifPresent(
                                    type ->
                                            resource(
                                                    file,
                                                    entry,
                                                    type.text(),
                                                    document.tags(),
                                                    found));
                }
            }
        }
    }

    private void resource(
            SourceFile file, Node.Entry entry, String type, Map<Place, String> tags, Found found) {
        if (entry.value().at("Condition").isPresent()) {
            return; // it may not be there at all
        }
        Body body =
                entry.value()
                                        .at("Properties")
                                        .map(one -> value(one, tags))
                                        .orElse(new Entries(entry.key().place(), List.of()))
                                instanceof Entries properties
                        ? new Body(properties.entries(), List.of())
                        : new Body(List.of(), List.of());
        Place place = entry.key().place();
        CloudTypes.of(type)
                .filter(one -> !one.isCopy(NOTHING_KNOWN, body))
                .ifPresent(
                        one ->
                                found.fact(
                                        new CloudResource(
                                                name(),
                                                place,
                                                one.kind(),
                                                type,
                                                entry.name(),
                                                one.names(NOTHING_KNOWN, body),
                                                file.path(),
                                                one.settings(name(), NOTHING_KNOWN, body, place))));
        if (Identities.isOne(type)) {
            Identities.everything(type, NOTHING_KNOWN, body)
                    .ifPresent(
                            where ->
                                    found.fact(
                                            new CloudResource(
                                                    name(),
                                                    place,
                                                    CloudKind.IDENTITY,
                                                    type,
                                                    entry.name(),
                                                    List.of(),
                                                    file.path(),
                                                    List.of(
                                                            new Setting(
                                                                    name(),
                                                                    "may",
                                                                    where,
                                                                    new Located<>(
                                                                            "everything",
                                                                            where))))));
        }
        var of =
                new Firewalls.Of(name(), type, entry.name(), List.of(), file.path(), NOTHING_KNOWN);
        Firewalls.rules(of, place, body).forEach(found::fact);
    }

    private static Value value(Node node, Map<Place, String> tags) {
        String tag = tags.get(node.place());
        if (tag != null) {
            return new Expression(node.place(), tag);
        }
        return switch (node) {
            case Node.Scalar one -> new Text(one.place(), one.text());
            case Node.Sequence one ->
                    new Items(
                            one.place(), one.items().stream().map(it -> value(it, tags)).toList());
            case Node.Mapping one when isCall(one) -> new Expression(one.place(), "call");
            case Node.Mapping one ->
                    new Entries(
                            one.place(),
                            one.entries().stream()
                                    .map(
                                            it ->
                                                    new Attribute(
                                                            it.key().place(),
                                                            it.name(),
                                                            value(it.value(), tags)))
                                    .toList());
        };
    }

    /// `{"Ref": …}`, `{"Fn::If": […]}`.
    private static boolean isCall(Node.Mapping map) {
        return map.entries().size() == 1 && map.entries().getFirst().name().matches("Ref|Fn::.*");
    }
}
