package dev.pitcrew.model;

/// A machine whose Docker engine runs some of a desk's instances.
///
/// @param name how people call it
/// @param address under which all others reach the instances on it
/// @param engine its engine
public record EngineHost(String name, String address, EngineRef engine) {
    public EngineHost {
        Words.requireName(name);
    }
}
