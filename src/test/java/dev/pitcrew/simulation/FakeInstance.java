package dev.pitcrew.simulation;

import dev.pitcrew.runtime.http.Address;
import java.time.Instant;

/// An instance of the desk as it really is, whatever anybody believes. Tests may end, pause and wake it by hand.
final class FakeInstance {
    final String name;
    final String service;
    final String version;
    final String configuration;
    final Address address;
    final Instant readyAt;
    boolean isAlive = true;
    boolean isPaused;
    boolean isActive;
    boolean isDraining;
    boolean wasAlive = true; // as its process is told
    boolean wasPaused;
    boolean isLapsed; // it became passive by itself
    boolean isEnded; // the controller wanted it to end
    long token;

    FakeInstance(
            String name,
            String service,
            String version,
            String configuration,
            Address address,
            Instant readyAt) {
        this.name = name;
        this.service = service;
        this.version = version;
        this.configuration = configuration;
        this.address = address;
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

    boolean isReady(Instant now) {
        return answers() && !now.isBefore(readyAt) && !behaves("never-ready");
    }

    boolean behaves(String behaviour) {
        return version.endsWith(behaviour);
    }
}
