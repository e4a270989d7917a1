package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// A place for data with a name: a Compose volume, a claim of Kubernetes.
///
/// @param format such as `compose` or `kubernetes`
/// @param unit what it belongs to, as [Container] says it; the namespace of a claim
/// @param name as its file calls it
/// @param place of its name
/// @param driver what keeps it, such as `local` or a storage class; empty when nothing is said
/// @param isExternal whether it is made elsewhere
public record Storage(
        String format, String unit, String name, Place place, String driver, boolean isExternal)
        implements InfraFact {}
