package dev.pitcrew.simulation;

import java.time.Instant;

/// A process of the desk as it really is, whatever anybody believes.
final class FakeInstance {
    final String name;
    final String service;
    final String version;
    final Instant readyAt;
    boolean isAlive = true;
    boolean isPaused;
    boolean isActive;
    boolean isDraining;
    long token;

    FakeInstance(String name, String service, String version, Instant readyAt) {
        this.name = name;
        this.service = service;
        this.version = version;
        this.readyAt = readyAt;
    }

    /// Of a service that knows no passive mode.
    FakeInstance withActive() {
        isActive = true;
        return this;
    }

    boolean answers() {
        return isAlive && !isPaused;
    }

    boolean accepts() {
        return answers() && isActive && !isDraining;
    }

    boolean behaves(String behaviour) {
        return version.endsWith(behaviour);
    }
}
