package dev.pitcrew.deploy;

import dev.pitcrew.model.Observed;
import java.util.Optional;

/// Whether an instance is what was approved: binary, configuration and flags. One server that was missed is enough to lose a firm
/// (Knight Capital, 2012-08-01), so nothing gets traffic before it has said what it runs.
final class Uniformity {
    private Uniformity() {}

    /// The first difference that the instance has reported; empty while there is none.
    static Optional<String> mismatch(Release release, InstanceFacts facts) {
        return differs("binary", release.binary(), facts.binary())
                .or(() -> differs("configuration", release.configuration(), facts.configuration()))
                .or(() -> differs("flags", release.flags(), facts.flags()));
    }

    /// Whether it has reported everything that was approved, and all of it is equal.
    static boolean isProven(Release release, InstanceFacts facts) {
        return equal(release.binary(), facts.binary())
                && equal(release.configuration(), facts.configuration())
                && equal(release.flags(), facts.flags());
    }

    private static Optional<String> differs(
            String what, String approved, Observed<String> reported) {
        return Optional.ofNullable(reported.value())
                .filter(digest -> !approved.isEmpty() && !digest.equals(approved))
                .map(
                        digest ->
                                "runs %s %s, approved is %s"
                                        .formatted(
                                                what, Words.brief(digest), Words.brief(approved)));
    }

    private static boolean equal(String approved, Observed<String> reported) {
        return approved.isEmpty() || approved.equals(reported.value());
    }
}
