package desk.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/// What the audit found. Lists hold the first 20.
///
/// @param twoActiveIntervals times that a sender went on after a newer one had begun
/// @param olderTokenOrders messages that came under an older token than the highest before them
/// @param refusedSecondLogons second logons that the venue refused
/// @param handoffs changes of the sender, whether planned or after a failure
/// @param darkMillisP50 median of the handoffs' dark times; 0 without any
/// @param darkMillisP99 99th percentile, nearest rank; 0 without any
/// @param dropCopyDiffers executions that only one of venue and drop copy has, or that differ between them, but for those that
///     the venue added while the files were read
/// @param unsolicited orders at the venue that no client ever sent
/// @param contradicted orders that a client was told never worked, while the venue took them
public record Verdict(
        Orders orders,
        long twoActiveIntervals,
        long olderTokenOrders,
        long refusedSecondLogons,
        List<Handoff> handoffs,
        double darkMillisP50,
        double darkMillisP99,
        long dropCopyDiffers,
        long unsolicited,
        long contradicted,
        List<String> lostOrders,
        List<String> duplicatedOrders,
        List<String> inDoubtOrders,
        List<String> contradictedOrders) {

    /// How the clients' orders ended. An acknowledged order counts in exactly one of filled to lost.
    ///
    /// @param sent ids that clients sent
    /// @param acknowledged of these, the ones that a gateway said it had made durable
    /// @param returned given back unsent
    /// @param replaced their place was taken by another order of the client
    /// @param resting open at the venue, in part filled or not
    /// @param inDoubt listed by name: nobody could tell yet
    /// @param lost none of all that
    /// @param duplicated client orders that reached the venue twice, or filled beyond their quantity
    public record Orders(
            long sent,
            long acknowledged,
            long filled,
            long returned,
            long rejected,
            long cancelled,
            long replaced,
            long resting,
            long inDoubt,
            long lost,
            long duplicated) {}

    /// One change of the sender.
    ///
    /// @param at when the venue accepted the first order of the new one
    /// @param from instance before
    /// @param to instance from then on
    /// @param darkMillis from the last new order of the old one to the first of the new one
    public record Handoff(String at, String from, String to, double darkMillis) {}

    /// Whether no order was lost, sent twice, contradicted, unsolicited or in doubt, never two were active, and the drop copy
    /// agrees with the venue.
    @JsonIgnore
    public boolean clean() {
        return orders.lost() == 0
                && orders.duplicated() == 0
                && orders.inDoubt() == 0
                && contradicted == 0
                && unsolicited == 0
                && twoActiveIntervals == 0
                && dropCopyDiffers == 0;
    }
}
