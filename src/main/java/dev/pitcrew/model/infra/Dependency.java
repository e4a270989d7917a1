package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// A library that a part of the repository is built with.
///
/// @param format `requirements`, `pyproject`, `pom` or `package-json`
/// @param name as its registry knows it, in lower case; `group:artifact` for Maven
/// @param version as it is written, such as `>=4.2`; empty when none is
/// @param pinning how firmly the version stands
public record Dependency(String format, Place place, String name, String version, Pinning pinning)
        implements InfraFact {
    /// How firmly a version stands.
    public enum Pinning {
        /// One version, said here or in a lock file beside it.
        EXACT,
        /// Some versions, such as `>=4.2` or `^4.2`.
        RANGE,
        /// Whatever is the newest.
        NONE,
        /// It is said elsewhere, such as by a parent.
        ELSEWHERE
    }

    /// The folder of the file that asks for it.
    public String folder() {
        int slash = place.file().lastIndexOf('/');
        return slash < 0 ? "" : place.file().substring(0, slash);
    }
}
