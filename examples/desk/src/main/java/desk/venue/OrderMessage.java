package desk.venue;

/// A line of `orders.jsonl`: one message that the venue took, whatever became of it.
///
/// @param clOrdId id of the message
/// @param origClOrdId the order that it wants cancelled or replaced; null for a new one
/// @param token of the sender, tag 20001; 0 without one
/// @param instance of the sender, tag 20002; empty without one
/// @param why it was refused; null when it was accepted
/// @param atNanos [System#nanoTime()]: comparable over the processes of one machine
public record OrderMessage(
        String at,
        String compId,
        String clOrdId,
        String origClOrdId,
        Kind kind,
        long token,
        String instance,
        boolean accepted,
        String why,
        long atNanos) {
    /// What it asks for.
    public enum Kind {
        NEW,
        CANCEL,
        REPLACE,
        MASS_CANCEL
    }
}
