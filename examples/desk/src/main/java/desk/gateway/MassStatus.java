package desk.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.field.ClOrdID;
import quickfix.field.LastRptRequested;
import quickfix.field.MassStatusReqID;
import quickfix.field.OrderQty;
import quickfix.field.Side;
import quickfix.field.Symbol;
import quickfix.field.TotNumReports;

/// What the venue itself says is open: its answers to the order mass status requests of one kill. An answer is a report for
/// each open order, or one that says there is none; it counts once it is whole.
final class MassStatus {
    /// An order that is open at the venue, whether our store knows it or not.
    ///
    /// @param side as FIX has it
    /// @param quantity OrderQty
    record Open(String clOrdId, String symbol, char side, long quantity) {}

    private String asked = "";
    private List<Open> coming = new ArrayList<>();
    private Optional<List<Open>> answer = Optional.empty();

    /// A request goes out. What answers an earlier one is of no account from now on; its whole answer stands until the next.
    synchronized void ask(String requestId) {
        asked = requestId;
        coming = new ArrayList<>();
    }

    /// From now on only what is asked for anew counts.
    synchronized void forget() {
        asked = "";
        answer = Optional.empty();
    }

    /// Takes a message of the venue, if it answers the latest request.
    synchronized void heard(Message message) throws FieldNotFound {
        if (!message.isSetField(MassStatusReqID.FIELD)
                || !message.getString(MassStatusReqID.FIELD).equals(asked)) {
            return;
        }
        if (message.getInt(TotNumReports.FIELD) > 0) {
            coming.add(
                    new Open(
                            message.getString(ClOrdID.FIELD),
                            message.getString(Symbol.FIELD),
                            message.getChar(Side.FIELD),
                            message.getDecimal(OrderQty.FIELD).longValue()));
        }
        if (message.getBoolean(LastRptRequested.FIELD)
                && coming.size() == message.getInt(TotNumReports.FIELD)) {
            answer = Optional.of(List.copyOf(coming));
            asked = "";
        }
    }

    /// Whether the latest request has no whole answer yet.
    synchronized boolean isWaiting() {
        return !asked.isEmpty();
    }

    /// @return the open orders by the latest whole answer; empty when none came yet
    synchronized Optional<List<Open>> answer() {
        return answer;
    }
}
