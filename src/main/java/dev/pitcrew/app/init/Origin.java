package dev.pitcrew.app.init;

/// What of a repository says which services there are; of several the first that says what trades.
public enum Origin {
    /// A Compose project, which stays what it is: services come from there.
    COMPOSE,
    /// Units of systemd, whose processes become services.
    UNITS,
    /// Manifests of a cluster, of which Pitcrew starts nothing.
    CLUSTER,
    /// Dockerfiles without anything that starts them.
    IMAGES,
    /// Programs that a package or a Procfile names.
    PROGRAMS,
    /// Nothing does.
    NONE
}
