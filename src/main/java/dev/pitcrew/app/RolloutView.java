package dev.pitcrew.app;

import dev.pitcrew.deploy.RolloutEvent.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rollout as every face shows it: its steps, what was seen at each, and what its gates say now.
///
/// @param from the version that served; empty for a first start
/// @param state `waiting`, `going`, `returning` or `over`
/// @param by who asked for it
/// @param at when it was asked for
/// @param reason in the words of whoever asked
/// @param rule who has to agree: `two-people`, `delay` or `none`
/// @param hash of what is to be approved
/// @param needsApproval whether somebody's agreement would let it go on
/// @param approvedBy who agreed; empty while nobody has
/// @param mark how it was approved, once it began
/// @param forward the steps towards the new version
/// @param back the steps back; empty unless it turned back
/// @param gates what the gates say at which it stands now
/// @param notes what whoever approves has to know
/// @param overrides gates that it passes whatever they measure, each with its reason
/// @param waitsFor what is missing; empty when nothing is
/// @param outcome how it ended; null while it has not
/// @param ending why it ended so, or turned back
/// @param next what a person has to do; empty unless it is stuck
public record RolloutView(
        String rollout,
        String service,
        String purpose,
        String strategy,
        String from,
        String to,
        String state,
        String by,
        Instant at,
        String reason,
        String rule,
        String hash,
        boolean needsApproval,
        String approvedBy,
        String mark,
        List<StepLine> forward,
        List<StepLine> back,
        List<GateLine> gates,
        List<String> notes,
        List<String> overrides,
        String waitsFor,
        @Nullable Outcome outcome,
        String ending,
        String next) {
    public RolloutView {
        forward = List.copyOf(forward);
        back = List.copyOf(back);
        gates = List.copyOf(gates);
        notes = List.copyOf(notes);
        overrides = List.copyOf(overrides);
    }

    /// Whether it is not over.
    public boolean isUnderway() {
        return outcome == null;
    }

    /// A step.
    ///
    /// @param at when it was taken or failed; null before that
    /// @param told what was seen, or what it waits for
    /// @param limitSeconds how long it may take
    public record StepLine(
            String name, Progress progress, @Nullable Instant at, String told, long limitSeconds) {}

    /// How far a step is.
    public enum Progress {
        /// It is taken.
        TAKEN,
        /// It is underway.
        NOW,
        /// It could not be taken.
        FAILED,
        /// It comes later.
        AHEAD,
        /// It was never begun, because the rollout ended or turned back before.
        LEFT_OUT
    }

    /// What a gate says.
    ///
    /// @param told with its number and limit
    public record GateLine(String name, boolean passed, String told) {}
}
