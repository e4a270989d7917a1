package dev.pitcrew.judge;

/// What is known of a release. That nothing was shown against it is never a [#PASS].
public enum Verdict {
    /// Harm is shown: it is worse by more than the margin.
    FAIL,
    /// It is shown that it is not worse by more than the margin.
    PASS,
    /// Neither is shown yet, and more data will come.
    CONTINUE,
    /// Neither is shown, and no more data will come: a person decides.
    INCONCLUSIVE,
    /// There is nothing to judge from.
    NO_DATA
}
