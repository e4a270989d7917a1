package dev.pitcrew.simulation;

/// What can go wrong. "Sometimes" assertions prove that each of these was really reached.
enum Fault {
    INSTANCE_DIES,
    INSTANCE_HANGS,
    INSTANCE_WAKES,
    HOST_UNREACHABLE,
    EFFECT_FAILS_BEFORE,
    EFFECT_FAILS_AFTER,
    EFFECT_DELAYED,
    EFFECT_REPEATED_LATE,
    EFFECT_LIES,
    PROBE_LOST,
    CONTROLLER_DIES_BEFORE_APPEND,
    CONTROLLER_DIES_AFTER_APPEND,
    CONTROLLER_PAUSES,
    CLOCK_JUMPS,
    TORN_WRITE,
    DISK_FULL,
    LEDGER_RESTORED,
    OPERATOR_ABORTS
}
