package desk.feed;

import java.util.Map;
import java.util.TreeMap;

/// Makes one feed of two lines: the first copy of each update counts, and what neither line brought is a gap.
///
/// An update that comes early is kept for a while, in case the other line still brings what is missing before it.
/// Pure but for its own state; time comes in. Not safe for threads.
final class Arbiter {
    /// How long the slower line may take to fill what the faster one left out.
    static final long PATIENCE_MILLIS = 100;

    private final Map<String, Quote> quotes = new TreeMap<>();
    private final TreeMap<Long, Early> early = new TreeMap<>();
    private long session;
    private long next;
    private long gaps;
    private long missed;
    private long lastMillis;

    private record Early(Quote quote, long sinceMillis) {}

    /// Takes an update from either line.
    ///
    /// @param now milliseconds since 1970
    void take(Quote quote, long now) {
        if (quote.session() < session) {
            return; // left over from before the venue started again
        }
        if (quote.session() > session) {
            session = quote.session();
            next = quote.seq();
            early.clear();
        }
        if (quote.seq() >= next) {
            early.putIfAbsent(quote.seq(), new Early(quote, now));
        }
        advance(now);
    }

    /// Gives up on what is missing for too long.
    void advance(long now) {
        while (!early.isEmpty()) {
            var first = early.firstEntry().getValue();
            var seq = first.quote().seq();
            if (seq > next) {
                if (now - first.sinceMillis() < PATIENCE_MILLIS) {
                    return;
                }
                gaps++;
                missed += seq - next;
            }
            early.pollFirstEntry();
            next = seq + 1;
            quotes.put(first.quote().symbol(), first.quote());
            lastMillis = now;
        }
    }

    Map<String, Quote> quotes() {
        return new TreeMap<>(quotes);
    }

    /// @return times that both lines missed the same updates
    long gaps() {
        return gaps;
    }

    /// @return updates that neither line brought
    long missed() {
        return missed;
    }

    /// @return milliseconds since the last update counted; [Long#MAX_VALUE] before the first
    long ageMillis(long now) {
        return lastMillis == 0 ? Long.MAX_VALUE : now - lastMillis;
    }
}
