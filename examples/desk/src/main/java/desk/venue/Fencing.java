package desk.venue;

import java.util.HashMap;
import java.util.Map;

/// Counts orders that come under an older token than the highest one of their CompID. A real venue knows CompIDs and
/// not our tokens, so it only counts, unless it was started with `--venue-fencing`.
final class Fencing {
    private final Map<String, Long> highest = new HashMap<>();
    private final boolean refuses;
    private long older;

    Fencing(boolean refuses) {
        this.refuses = refuses;
    }

    /// Takes the token of one order message into account; 0, no token, is older than any.
    ///
    /// @return whether the message must be refused
    boolean refuses(String compId, long token) {
        if (token >= highest.merge(compId, token, Math::max)) {
            return false;
        }
        older++;
        return refuses;
    }

    long older() {
        return older;
    }
}
