package dev.pitcrew.read.cloud;

import dev.pitcrew.read.cloud.Hcl.Attribute;
import dev.pitcrew.read.cloud.Hcl.Block;
import dev.pitcrew.read.cloud.Hcl.Body;
import dev.pitcrew.read.cloud.Hcl.Value;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files of one folder, which Terraform takes as one.
final class TerraformModule {
    private final String folder;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, Value> given = new HashMap<>();
    private final Set<String> givenElsewhere = new HashSet<>();

    TerraformModule(String folder) {
        this.folder = folder;
    }

    String folder() {
        return folder;
    }

    /// The blocks of one more file.
    void add(Body body) {
        blocks.addAll(body.blocks());
    }

    /// Values of variables.
    ///
    /// @param isTaken whether Terraform takes the file without being told
    void give(Body body, boolean isTaken) {
        for (Attribute one : body.attributes()) {
            if (isTaken) {
                given.put(one.name(), one.value());
            } else {
                givenElsewhere.add(one.name());
            }
        }
    }

    List<Block> blocks(String type) {
        return blocks.stream().filter(one -> one.type().equals(type)).toList();
    }

    /// Whether it is applied as it is, and no part for others to use: only then is what a variable is by itself what is applied.
    boolean isApplied() {
        return !given.isEmpty()
                || !givenElsewhere.isEmpty()
                || !blocks("provider").isEmpty()
                || backend().isPresent();
    }

    /// Where it keeps its state, if it says so.
    Optional<Block> backend() {
        return blocks("terraform").stream()
                .flatMap(one -> one.body().blocks().stream())
                .filter(one -> one.type().matches("backend|cloud"))
                .findFirst();
    }

    /// The folder of the tree that a module's block names; empty when its source is elsewhere.
    Optional<String> source(Block call) {
        return call.body()
                .value("source")
                .flatMap(
                        one ->
                                one instanceof Hcl.Text text
                                        ? Optional.of(text.text())
                                        : Optional.empty())
                .filter(one -> one.startsWith("./") || one.startsWith("../"))
                .flatMap(one -> Sources.normal(folder + "/" + one));
    }

    /// The names as one use of it has them.
    ///
    /// @param arguments of the use, with nothing left to look up; empty for one that nothing uses
    Scope scope(Optional<Map<String, Value>> arguments) {
        var variables = new HashMap<String, Value>();
        if (arguments.isPresent() || isApplied()) {
            for (Block one : blocks("variable")) {
                one.body().value("default").ifPresent(value -> variables.put(one.label(0), value));
            }
        }
        if (arguments.isPresent()) {
            variables.putAll(arguments.get());
        } else {
            variables.keySet().removeAll(givenElsewhere);
            variables.putAll(given);
        }
        var locals = new HashMap<String, Value>();
        for (Block one : blocks("locals")) {
            one.body().attributes().forEach(local -> locals.put(local.name(), local.value()));
        }
        return new Scope(variables, locals);
    }

    /// The resources of a type that are about one of this module, or may be: one that is named by nothing that can be followed counts as well.
    List<Block> about(String type, String attribute, String address) {
        return blocks("resource").stream()
                .filter(one -> one.label(0).equals(type))
                .filter(
                        one ->
                                one.body()
                                        .value(attribute)
                                        .filter(value -> mayBeOf(value, address))
                                        .isPresent())
                .toList();
    }

    private static boolean mayBeOf(Value value, String address) {
        String text =
                switch (value) {
                    case Hcl.Expression one -> one.text();
                    case Hcl.Text one -> one.text();
                    default -> "";
                };
        int at = text.indexOf(address);
        boolean isOfAnother = text.contains(address.substring(0, address.indexOf('.') + 1));
        return at >= 0
                ? !text.startsWith("_", at + address.length())
                        && !text.startsWith("-", at + address.length())
                : !isOfAnother;
    }
}
