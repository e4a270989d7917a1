package dev.pitcrew.model;

import java.util.List;

/// Where services keep data.
///
/// @param path of its file
/// @param usedBy names of services
public record Store(String name, StoreKind kind, Template path, List<String> usedBy) {
    public Store {
        Words.requireName(name);
        usedBy = List.copyOf(usedBy);
    }
}
