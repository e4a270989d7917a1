package dev.pitcrew.server;

import dev.pitcrew.model.Words;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a person may do.
public enum Right {
    /// See status, ledger and metrics.
    READ,
    /// Ask for a change: deploy, roll back, re-arm, thaw.
    CHANGE,
    /// Agree to what another one asked for, and re-assess emergencies.
    APPROVE,
    /// What only reduces risk: abort, freeze, kill.
    STOP;

    /// @throws IllegalArgumentException when there is no such right
    public static Right of(String word) {
        return Arrays.stream(values())
                .filter(one -> Words.of(one).equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no right '%s'; there are %s"
                                                .formatted(
                                                        word,
                                                        Arrays.stream(values())
                                                                .map(Words::of)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }
}
