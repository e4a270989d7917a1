package dev.pitcrew.runtime.docker;

/// Which engine answers.
///
/// @param engine its version, such as `20.10.24`
/// @param api the newest API that it speaks, such as `1.41`
/// @param kernel of its host
public record EngineVersion(String engine, String api, String kernel) {}
