package dev.pitcrew.read.cloud;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.CloudResource;
import dev.pitcrew.model.infra.CloudResource.CloudKind;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.read.cloud.Hcl.Attribute;
import dev.pitcrew.read.cloud.Hcl.Block;
import dev.pitcrew.read.cloud.Hcl.Value;
import dev.pitcrew.read.cloud.Hcl.Word;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Terraform and OpenTofu, in HCL and as JSON: the resources of each folder that is applied, with the modules of the tree that it uses, once for each use.
///
/// @see <a href="https://developer.hashicorp.com/terraform/language">Terraform language</a>
public final class TerraformFormat implements Format {
    private static final List<String> ENDINGS =
            List.of(".tf", ".tofu", ".tf.json", ".tfvars", ".tfstate");
    private static final int DEPTH_MAX = 8;

    /// Of modules, whichever way they use each other.
    private static final int USES_MAX = 2000;

    @Override
    public String name() {
        return "terraform";
    }

    @Override
    public boolean claims(SourceFile file) {
        return ENDINGS.stream().anyMatch(file.path()::endsWith);
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var modules = new TreeMap<String, TerraformModule>();
        for (SourceFile file : files) {
            if (file.name().endsWith(".tfstate")) {
                state(file, found);
                continue;
            }
            var parsed =
                    file.name().endsWith(".json")
                            ? TerraformJson.parse(file)
                            : HclParser.parse(file);
            parsed.problems().forEach(one -> found.problem(one.place(), one.message()));
            var module = modules.computeIfAbsent(file.folder(), TerraformModule::new);
            if (file.name().endsWith(".tfvars")) {
                module.give(
                        parsed.body(),
                        file.name().matches("terraform\\.tfvars|.*\\.auto\\.tfvars"));
            } else {
                module.add(parsed.body());
            }
        }
        var used = new HashSet<String>();
        for (TerraformModule module : modules.values()) {
            module.blocks("module").forEach(call -> module.source(call).ifPresent(used::add));
        }
        var reading = new Reading(modules, found);
        for (TerraformModule module : modules.values()) {
            if (!used.contains(module.folder())) {
                reading.use(module, Optional.empty(), Set.of(), module.folder());
            }
        }
    }

    /// A state holds whatever the tool was told or given, keys and passwords as well.
    private void state(SourceFile file, Found found) {
        int resources = file.text().indexOf("\"resources\"");
        if (resources >= 0 && file.text().contains("\"instances\"")) {
            Place place = file.place(resources);
            found.fact(
                    new CloudResource(
                            name(),
                            place,
                            CloudKind.STATE,
                            "tfstate",
                            file.name(),
                            List.of(),
                            file.folder(),
                            List.of(
                                    new Setting(
                                            name(),
                                            "isInRepository",
                                            place,
                                            new Located<>("true", place)))));
        }
    }

    private final class Reading {
        private final Map<String, TerraformModule> modules;
        private final Found found;
        private int uses;

        Reading(Map<String, TerraformModule> modules, Found found) {
            this.modules = modules;
            this.found = found;
        }

        /// @param within the folders of the modules that use it
        void use(
                TerraformModule module,
                Optional<Map<String, Value>> arguments,
                Set<String> within,
                String unit) {
            if (++uses > USES_MAX
                    || within.size() > DEPTH_MAX
                    || within.contains(module.folder())) {
                return;
            }
            var scope = module.scope(arguments);
            for (Block block : module.blocks("resource")) {
                resource(module, block, block.label(0), scope, unit);
            }
            for (Block block : module.blocks("data")) {
                if (block.label(0).equals("aws_iam_policy_document")) {
                    identity(block, block.label(0), scope, unit);
                }
            }
            module.backend().ifPresent(backend -> stored(backend, scope, unit));
            var inside = new HashSet<>(within);
            inside.add(module.folder());
            for (Block call : module.blocks("module")) {
                var folder = module.source(call);
                if (isSwitchedOff(call, scope)) {
                    continue;
                }
                if (folder.isEmpty()) {
                    elsewhere(module, call, scope, unit);
                    continue;
                }
                TerraformModule inner = modules.get(folder.get());
                if (inner != null) {
                    use(inner, Optional.of(arguments(call, scope)), inside, unit);
                }
            }
        }

        private static Map<String, Value> arguments(Block call, Scope scope) {
            var arguments = new HashMap<String, Value>();
            for (Attribute one : call.body().attributes()) {
                arguments.put(one.name(), scope.resolved(one.value()));
            }
            return arguments;
        }

        private static boolean isSwitchedOff(Block block, Scope scope) {
            return scope.at(block.body(), "count")
                    .said()
                    .filter(one -> one.value().equals("0"))
                    .isPresent();
        }

        /// A module of the registry, as far as it is known.
        private void elsewhere(TerraformModule module, Block call, Scope scope, String unit) {
            scope.at(call.body(), "source")
                    .said()
                    .ifPresent(source -> resource(module, call, source.value(), scope, unit));
        }

        private void resource(
                TerraformModule module, Block block, String type, Scope scope, String unit) {
            if (isSwitchedOff(block, scope)) {
                return;
            }
            if (Identities.isOne(type)) {
                identity(block, type, scope, unit);
                return;
            }
            String label = block.label(block.type().equals("module") ? 0 : 1);
            var known = CloudTypes.of(type);
            if (known.isPresent() && !known.get().isCopy(scope, block.body())) {
                var settings =
                        new ArrayList<>(
                                known.get().settings(name(), scope, block.body(), block.place()));
                if (type.equals("aws_s3_bucket")
                        && settings.stream().noneMatch(one -> one.name().equals("isVersioned"))) {
                    versions(module, block, scope).ifPresent(settings::add);
                }
                found.fact(
                        new CloudResource(
                                name(),
                                block.place(),
                                known.get().kind(),
                                type,
                                label,
                                known.get().names(scope, block.body()),
                                unit,
                                settings));
            }
            var names = scope.at(block.body(), "name").said().map(Located::value).stream().toList();
            var of = new Firewalls.Of(name(), type, label, names, unit, scope);
            Firewalls.rules(of, block.place(), block.body()).forEach(found::fact);
        }

        /// Whether a bucket keeps old versions is a resource of its own since AWS provider 4.
        private Optional<Setting> versions(TerraformModule module, Block bucket, Scope scope) {
            String address = bucket.label(0) + "." + bucket.label(1);
            var others = module.about("aws_s3_bucket_versioning", "bucket", address);
            var said =
                    others.isEmpty()
                            ? Optional.of(new Located<>("false", bucket.place()))
                            : scope.at(others.getFirst().body(), "versioning_configuration.status")
                                    .said()
                                    .filter(_ -> others.size() == 1)
                                    .map(one -> one.as("" + one.value().equals("Enabled")));
            return said.map(one -> new Setting(name(), "isVersioned", one.place(), one));
        }

        private void identity(Block block, String type, Scope scope, String unit) {
            Identities.everything(type, scope, block.body())
                    .ifPresent(
                            place ->
                                    found.fact(
                                            new CloudResource(
                                                    name(),
                                                    block.place(),
                                                    CloudKind.IDENTITY,
                                                    type,
                                                    block.label(1),
                                                    List.of(),
                                                    unit,
                                                    List.of(
                                                            new Setting(
                                                                    name(),
                                                                    "may",
                                                                    place,
                                                                    new Located<>(
                                                                            "everything",
                                                                            place))))));
        }

        /// Whether two people may change at once what a state says; not where a part of its settings is given by whoever runs the tool.
        private void stored(Block backend, Scope scope, String unit) {
            var body = backend.body();
            if (!backend.label(0).equals("s3") || body.value("bucket").isEmpty()) {
                return;
            }
            boolean hasTable = !(scope.at(body, "dynamodb_table") instanceof Answer.Nothing);
            boolean hasFile =
                    body.value("use_lockfile")
                            .filter(
                                    one ->
                                            !(one instanceof Word word)
                                                    || word.text().equals("true"))
                            .isPresent();
            found.fact(
                    new CloudResource(
                            name(),
                            backend.place(),
                            CloudKind.STATE,
                            "s3",
                            "state",
                            List.of(),
                            unit,
                            List.of(
                                    new Setting(
                                            name(),
                                            "isLocked",
                                            backend.place(),
                                            new Located<>(
                                                    Boolean.toString(hasTable || hasFile),
                                                    backend.place())))));
        }
    }
}
