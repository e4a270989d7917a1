package dev.pitcrew.model;

/// A kind of database.
public enum StoreKind {
    SQLITE
}
