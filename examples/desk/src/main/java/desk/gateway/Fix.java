package desk.gateway;

import desk.common.FixTags;
import desk.gateway.Order.Kind;
import desk.gateway.Order.Side;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import quickfix.Message;
import quickfix.UtcTimestampPrecision;
import quickfix.field.BeginString;
import quickfix.field.ClOrdID;
import quickfix.field.HandlInst;
import quickfix.field.MassCancelRequestType;
import quickfix.field.MassStatusReqID;
import quickfix.field.MassStatusReqType;
import quickfix.field.MsgType;
import quickfix.field.OrdType;
import quickfix.field.OrderQty;
import quickfix.field.OrigClOrdID;
import quickfix.field.Price;
import quickfix.field.Symbol;
import quickfix.field.TransactTime;

/// The messages that the gateway sends, by tag. Computes only.
final class Fix {
    private Fix() {}

    /// @param token of the activation under which it is sent
    /// @param instance that sends it
    static Message order(Order order, long token, String instance) {
        var message =
                message(
                        switch (order.kind()) {
                            case NEW -> MsgType.ORDER_SINGLE;
                            case CANCEL -> MsgType.ORDER_CANCEL_REQUEST;
                            case REPLACE -> MsgType.ORDER_CANCEL_REPLACE_REQUEST;
                        });
        message.setString(ClOrdID.FIELD, order.id());
        if (order.kind() != Kind.NEW) {
            message.setString(OrigClOrdID.FIELD, order.target());
        }
        if (order.kind() != Kind.CANCEL) {
            message.setChar(HandlInst.FIELD, '1');
            message.setChar(OrdType.FIELD, OrdType.LIMIT);
            message.setDecimal(Price.FIELD, order.price());
        }
        instrument(message, order);
        message.setString(OrderQty.FIELD, Long.toString(order.quantity()));
        return fenced(message, token, instance);
    }

    /// Cancels what the venue says is open, whether our store knows it or not.
    static Message cancel(MassStatus.Open order, String clOrdId, long token, String instance) {
        var message = message(MsgType.ORDER_CANCEL_REQUEST);
        message.setString(ClOrdID.FIELD, clOrdId);
        message.setString(OrigClOrdID.FIELD, order.clOrdId());
        message.setString(Symbol.FIELD, order.symbol());
        message.setChar(quickfix.field.Side.FIELD, order.side());
        transactTime(message);
        message.setString(OrderQty.FIELD, Long.toString(order.quantity()));
        return fenced(message, token, instance);
    }

    /// Our order as the venue would name it.
    static MassStatus.Open open(Order order) {
        return new MassStatus.Open(order.id(), order.symbol(), side(order), order.quantity());
    }

    /// Asks for every order of ours that is open at the venue.
    static Message massStatus(String requestId) {
        var message = message(MsgType.ORDER_MASS_STATUS_REQUEST);
        message.setString(MassStatusReqID.FIELD, requestId);
        message.setInt(MassStatusReqType.FIELD, MassStatusReqType.STATUS_FOR_ALL_ORDERS);
        return message;
    }

    static Message massCancel(String clOrdId, long token, String instance) {
        var message = message(MsgType.ORDER_MASS_CANCEL_REQUEST);
        message.setString(ClOrdID.FIELD, clOrdId);
        message.setChar(MassCancelRequestType.FIELD, MassCancelRequestType.CANCEL_ALL_ORDERS);
        transactTime(message);
        return fenced(message, token, instance);
    }

    static Message status(Order order, String clOrdId) {
        var message = message(MsgType.ORDER_STATUS_REQUEST);
        message.setString(ClOrdID.FIELD, clOrdId);
        message.setString(Symbol.FIELD, order.symbol());
        message.setChar(quickfix.field.Side.FIELD, side(order));
        return message;
    }

    private static Message message(String type) {
        var message = new Message();
        message.getHeader().setString(BeginString.FIELD, "FIX.4.4");
        message.getHeader().setString(MsgType.FIELD, type);
        return message;
    }

    private static void instrument(Message message, Order order) {
        message.setString(Symbol.FIELD, order.symbol());
        message.setChar(quickfix.field.Side.FIELD, side(order));
        transactTime(message);
    }

    private static char side(Order order) {
        return order.side() == Side.BUY ? quickfix.field.Side.BUY : quickfix.field.Side.SELL;
    }

    private static void transactTime(Message message) {
        message.setUtcTimeStamp(
                TransactTime.FIELD,
                LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC),
                UtcTimestampPrecision.MILLIS);
    }

    private static Message fenced(Message message, long token, String instance) {
        message.setString(FixTags.TOKEN, Long.toString(token));
        message.setString(FixTags.INSTANCE, instance);
        return message;
    }
}
