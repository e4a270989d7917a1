package dev.pitcrew.runtime.balancer;

/// What the balancer answered.
public sealed interface TrafficAnswer {
    /// It did what was asked.
    ///
    /// @param state how things stand after it
    record Stands(TrafficState state) implements TrafficAnswer {}

    /// It refused: no such service, a limit out of range, or its disk is full. Nothing changed.
    record Refused(String reason) implements TrafficAnswer {}

    /// It didn't answer in time. Whether it acted is unknown; ask again, all calls may be repeated.
    record Unreachable(String reason) implements TrafficAnswer {}
}
