package desk.gateway;

import java.math.BigDecimal;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.field.ClOrdID;
import quickfix.field.CumQty;
import quickfix.field.ExecID;
import quickfix.field.ExecType;
import quickfix.field.LastPx;
import quickfix.field.LastQty;
import quickfix.field.LeavesQty;
import quickfix.field.MsgSeqNum;
import quickfix.field.MsgType;
import quickfix.field.OrdRejReason;
import quickfix.field.OrdStatus;
import quickfix.field.OrigClOrdID;
import quickfix.field.Text;

/// What the venue said about one order: an execution report, or the refusal of a cancel or replace.
///
/// @param sequence MsgSeqNum of the message
/// @param type what happened
/// @param id ExecID; empty for answers to status requests and refusals, which change nothing when repeated
/// @param clOrdId the request it is about
/// @param target OrigClOrdID; empty when absent
/// @param standing where the order stands after it
/// @param filled CumQty
/// @param leaves shares still open
/// @param quantity shares of this fill; 0 without one
/// @param price of this fill; 0 without one
/// @param why the venue's words; empty without any
record Execution(
        int sequence,
        Type type,
        String id,
        String clOrdId,
        String target,
        Order.State standing,
        long filled,
        long leaves,
        long quantity,
        BigDecimal price,
        String why) {
    /// What happened.
    enum Type {
        ACCEPTED,
        FILLED,
        CANCELLED,
        REPLACED,
        REJECTED,
        /// The venue refuses a cancel or a replace; the order itself stands as it did.
        REQUEST_REFUSED,
        /// An answer to an order status request.
        STATUS,
        /// An answer to an order status request: the venue never saw this order.
        UNKNOWN
    }

    private static final int UNKNOWN_ORDER = 5;

    /// The order that it changes.
    String orderId() {
        return type == Type.CANCELLED && !target.isEmpty() ? target : clOrdId;
    }

    /// Whether the message is about one order; a list that answers a mass request is not.
    static boolean isOne(Message message) throws FieldNotFound {
        return switch (message.getHeader().getString(MsgType.FIELD)) {
            case MsgType.EXECUTION_REPORT, MsgType.ORDER_CANCEL_REJECT -> true;
            default -> false;
        };
    }

    /// @throws FieldNotFound when the message lacks what FIX 4.4 demands
    static Execution of(Message message) throws FieldNotFound {
        var refused =
                message.getHeader().getString(MsgType.FIELD).equals(MsgType.ORDER_CANCEL_REJECT);
        var status = message.getChar(OrdStatus.FIELD);
        var type = refused ? Type.REQUEST_REFUSED : type(message, status);
        var once = type != Type.STATUS && type != Type.UNKNOWN && type != Type.REQUEST_REFUSED;
        return new Execution(
                message.getHeader().getInt(MsgSeqNum.FIELD),
                type,
                once ? message.getString(ExecID.FIELD) : "",
                message.getString(ClOrdID.FIELD),
                text(message, OrigClOrdID.FIELD),
                standing(status),
                quantity(message, CumQty.FIELD),
                quantity(message, LeavesQty.FIELD),
                quantity(message, LastQty.FIELD),
                message.isSetField(LastPx.FIELD)
                        ? message.getDecimal(LastPx.FIELD)
                        : BigDecimal.ZERO,
                text(message, Text.FIELD));
    }

    /// Whether the venue refused an order because it had its ClOrdID already.
    static boolean isDuplicate(Message message) throws FieldNotFound {
        return message.getHeader().getString(MsgType.FIELD).equals(MsgType.EXECUTION_REPORT)
                && message.getChar(ExecType.FIELD) == ExecType.REJECTED
                && message.isSetField(OrdRejReason.FIELD)
                && message.getInt(OrdRejReason.FIELD) == OrdRejReason.DUPLICATE_ORDER;
    }

    private static Type type(Message message, char status) throws FieldNotFound {
        return switch (message.getChar(ExecType.FIELD)) {
            case ExecType.NEW -> Type.ACCEPTED;
            case ExecType.TRADE, ExecType.FILL, ExecType.PARTIAL_FILL -> Type.FILLED;
            case ExecType.CANCELED, ExecType.EXPIRED, ExecType.DONE_FOR_DAY -> Type.CANCELLED;
            case ExecType.REPLACED -> Type.REPLACED;
            case ExecType.REJECTED -> Type.REJECTED;
            case ExecType.ORDER_STATUS ->
                    status == OrdStatus.REJECTED
                                    && message.isSetField(OrdRejReason.FIELD)
                                    && message.getInt(OrdRejReason.FIELD) == UNKNOWN_ORDER
                            ? Type.UNKNOWN
                            : Type.STATUS;
            default -> Type.STATUS;
        };
    }

    private static Order.State standing(char status) {
        return switch (status) {
            case OrdStatus.FILLED -> Order.State.FILLED;
            case OrdStatus.CANCELED, OrdStatus.EXPIRED, OrdStatus.DONE_FOR_DAY ->
                    Order.State.CANCELLED;
            case OrdStatus.REPLACED -> Order.State.REPLACED;
            case OrdStatus.REJECTED -> Order.State.REJECTED;
            default -> Order.State.OPEN;
        };
    }

    private static String text(Message message, int tag) throws FieldNotFound {
        return message.isSetField(tag) ? message.getString(tag) : "";
    }

    private static long quantity(Message message, int tag) throws FieldNotFound {
        return message.isSetField(tag) ? message.getDecimal(tag).longValue() : 0;
    }
}
