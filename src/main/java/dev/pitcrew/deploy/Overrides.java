package dev.pitcrew.deploy;

import dev.pitcrew.model.GateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The gates that an operator wants overridden, and why.
///
/// @param gates by name
/// @param reason in the operator's words
public record Overrides(Set<String> gates, String reason) {
    public Overrides {
        gates = Set.copyOf(gates);
        if (!gates.isEmpty() && reason.isBlank()) {
            throw new IllegalArgumentException("an override needs a reason; add --reason");
        }
    }

    /// The overrides, in the order of the gates of a plan.
    ///
    /// @throws IllegalArgumentException when a gate is none of the plan's, or none that anybody may override
    List<Plan.Overridden> of(List<Gate> all) {
        var wanted = new ArrayList<>(gates.stream().sorted().toList());
        for (var name : wanted) {
            var why = GateName.of(name).flatMap(GateName::whyNever);
            if (why.isPresent()) {
                throw new IllegalArgumentException(
                        "the gate %s can't be overridden: %s".formatted(name, why.get()));
            }
        }
        wanted.removeAll(all.stream().map(Gate::name).toList());
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "it has no gate %s, so there is nothing to override; its gates are %s"
                            .formatted(
                                    String.join(", ", wanted),
                                    all.stream()
                                            .map(Gate::name)
                                            .collect(Collectors.joining(", "))));
        }
        return all.stream()
                .filter(gate -> gates.contains(gate.name()))
                .map(gate -> new Plan.Overridden(gate, reason))
                .toList();
    }
}
