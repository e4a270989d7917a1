package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.Optional;

/// Something that changes how many of a workload run.
///
/// @param format such as `kubernetes`
/// @param name of the object
/// @param namespace empty when none is said
/// @param place of its name
/// @param target kind and name of the workload, as [Workload#unit] says it
/// @param least if it is said
/// @param most if it is said
public record Scaling(
        String format,
        String name,
        String namespace,
        Place place,
        String target,
        Optional<Located<Integer>> least,
        Optional<Located<Integer>> most)
        implements InfraFact {}
