package dev.pitcrew.deploy;

import java.time.Instant;
import java.util.List;

/// What is decided while a new version is judged, besides the step that the verdict ends. Samples are no events: what counts is how much the
/// instances' own counters have grown since these, so a controller that starts again goes on where it was.
public sealed interface JudgeEvent extends Event {
    /// Which course.
    String course();

    /// What the old version did is fixed as the baseline, before anything of the new one is seen.
    ///
    /// @param tallies how much each of its counters grew in its recent past
    record BaselineTaken(Instant at, String service, String course, List<Tally> tallies)
            implements JudgeEvent {
        public BaselineTaken {
            tallies = List.copyOf(tallies);
        }
    }

    /// From now on it counts.
    ///
    /// @param index the step's index in the course, from 0
    /// @param beside instances of the old version that serve beside it and are the baseline; empty: its past is
    /// @param tallies what every instance had counted before
    record JudgingBegun(
            Instant at,
            String service,
            String course,
            int index,
            List<String> beside,
            List<Tally> tallies)
            implements JudgeEvent {
        public JudgingBegun {
            beside = List.copyOf(beside);
            tallies = List.copyOf(tallies);
        }
    }

    /// Nothing could be shown in time, and a person is to decide.
    ///
    /// @param index the step's index in the course, from 0
    /// @param sentence what the judge knows
    record PersonAsked(Instant at, String service, String course, int index, String sentence)
            implements JudgeEvent {}

    /// What the judge knew. Of all looks some are noted, evenly over the time that the step may take, and the one that ended it.
    ///
    /// @param index the step's index in the course, from 0
    /// @param verdict such as FAIL
    /// @param sentence for a person; empty while nothing is decided by it
    /// @param readings of each metric
    /// @param tallies what every instance had counted by then; empty while nothing is decided by it
    record Looked(
            Instant at,
            String service,
            String course,
            int index,
            String verdict,
            String sentence,
            List<Reading> readings,
            List<Tally> tallies)
            implements JudgeEvent {
        public Looked {
            readings = List.copyOf(readings);
            tallies = List.copyOf(tallies);
        }

        /// Whether something is decided by it.
        public boolean decides() {
            return !sentence.isEmpty();
        }
    }

    /// What was known of one metric.
    ///
    /// @param logE how much speaks for harm beyond the margin; natural logarithm
    /// @param limit from where on harm is shown
    /// @param baseline values, requests or seconds that it had
    /// @param canary likewise
    record Reading(String metric, double logE, double limit, double baseline, double canary) {}
}
