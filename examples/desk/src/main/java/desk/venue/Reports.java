package desk.venue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import quickfix.Message;
import quickfix.field.AvgPx;
import quickfix.field.ClOrdID;
import quickfix.field.CumQty;
import quickfix.field.CxlRejReason;
import quickfix.field.CxlRejResponseTo;
import quickfix.field.ExecID;
import quickfix.field.ExecType;
import quickfix.field.LastPx;
import quickfix.field.LastQty;
import quickfix.field.LastRptRequested;
import quickfix.field.LeavesQty;
import quickfix.field.MassCancelRequestType;
import quickfix.field.MassCancelResponse;
import quickfix.field.MassStatusReqID;
import quickfix.field.MsgType;
import quickfix.field.OrdRejReason;
import quickfix.field.OrdStatus;
import quickfix.field.OrderID;
import quickfix.field.OrderQty;
import quickfix.field.OrigClOrdID;
import quickfix.field.Price;
import quickfix.field.Symbol;
import quickfix.field.Text;
import quickfix.field.TotNumReports;
import quickfix.field.TotalAffectedOrders;
import quickfix.field.TransactTime;

/// The venue's answers as FIX 4.4 messages.
final class Reports {
    /// On drop copies: the CompID whose order it is.
    static final int OWNER = 20003;

    private static final char REFUSED_MASS_CANCEL = '0';

    private Reports() {}

    static Message execution(Execution execution) {
        var report = report(Order.after(execution));
        report.setString(ExecID.FIELD, Long.toString(execution.execId()));
        report.setChar(ExecType.FIELD, execution.type().fix);
        report.setString(TransactTime.FIELD, time(execution.at()));
        if (execution.lastPrice() != null) {
            report.setString(LastQty.FIELD, Long.toString(execution.lastQuantity()));
            report.setString(LastPx.FIELD, plain(execution.lastPrice()));
        }
        switch (execution.type()) {
            case CANCELLED -> {
                if (execution.requestId() != null) {
                    report.setString(ClOrdID.FIELD, execution.requestId());
                    report.setString(OrigClOrdID.FIELD, execution.clOrdId());
                }
            }
            case REPLACED -> report.setString(OrigClOrdID.FIELD, execution.requestId());
            case REJECTED ->
                    report.setInt(
                            OrdRejReason.FIELD,
                            execution.why().startsWith("duplicate")
                                    ? OrdRejReason.DUPLICATE_ORDER
                                    : OrdRejReason.OTHER);
            case NEW, PARTIAL, FILLED -> {}
        }
        text(report, execution.why());
        return report;
    }

    /// The answer to an order status request; no execution, so its ExecID is 0.
    static Message status(Order order) {
        var report = report(order);
        report.setString(ExecID.FIELD, "0");
        report.setChar(ExecType.FIELD, ExecType.ORDER_STATUS);
        report.setString(TransactTime.FIELD, time(Instant.now().toString()));
        return report;
    }

    /// The answer to a status request by any id that the order ever had.
    static Message status(Order order, String askedFor) {
        var report = status(order);
        if (!askedFor.equals(order.clOrdId())) {
            report.setString(OrigClOrdID.FIELD, askedFor);
        }
        return report;
    }

    /// The answer to a status request for an order that the venue never saw.
    static Message unknown(String clOrdId, String symbol, char side) {
        var report = message(MsgType.EXECUTION_REPORT);
        report.setString(OrderID.FIELD, "NONE");
        report.setString(ClOrdID.FIELD, clOrdId);
        report.setString(ExecID.FIELD, "0");
        report.setChar(ExecType.FIELD, ExecType.ORDER_STATUS);
        report.setChar(OrdStatus.FIELD, OrdStatus.REJECTED);
        report.setInt(OrdRejReason.FIELD, OrdRejReason.UNKNOWN_ORDER);
        report.setString(Symbol.FIELD, symbol);
        report.setChar(quickfix.field.Side.FIELD, side);
        report.setString(LeavesQty.FIELD, "0");
        report.setString(CumQty.FIELD, "0");
        report.setString(AvgPx.FIELD, "0");
        text(report, "unknown order");
        return report;
    }

    /// The answer to a mass status request: one for each open order, or a single empty one.
    static List<Message> massStatus(String requestId, List<Order> open) {
        var reports =
                open.isEmpty()
                        ? List.of(unknown("NONE", "NONE", '1'))
                        : open.stream().map(Reports::status).toList();
        for (var report : reports) {
            report.setString(MassStatusReqID.FIELD, requestId);
            report.setInt(TotNumReports.FIELD, open.size());
            report.setBoolean(LastRptRequested.FIELD, report == reports.getLast());
        }
        return reports;
    }

    /// Refuses a cancel or a replace.
    ///
    /// @param order what it was about; null when there is none
    static Message refused(Request request, Order order, String why) {
        var reject = message(MsgType.ORDER_CANCEL_REJECT);
        reject.setString(OrderID.FIELD, order == null ? "NONE" : Long.toString(order.orderId()));
        reject.setString(ClOrdID.FIELD, request.clOrdId());
        reject.setString(OrigClOrdID.FIELD, request.origClOrdId());
        reject.setChar(OrdStatus.FIELD, order == null ? OrdStatus.REJECTED : order.status());
        reject.setChar(
                CxlRejResponseTo.FIELD,
                request.kind() == OrderMessage.Kind.CANCEL
                        ? CxlRejResponseTo.ORDER_CANCEL_REQUEST
                        : CxlRejResponseTo.ORDER_CANCEL_REPLACE_REQUEST);
        reject.setInt(
                CxlRejReason.FIELD,
                switch (why) {
                    case "unknown order" -> CxlRejReason.UNKNOWN_ORDER;
                    case "too late" -> CxlRejReason.TOO_LATE_TO_CANCEL;
                    case "duplicate ClOrdID" -> CxlRejReason.DUPLICATE_CLORDID_RECEIVED;
                    default -> CxlRejReason.OTHER;
                });
        text(reject, why);
        return reject;
    }

    /// @param why it was refused; null when it was done
    static Message massCancelled(Request request, int count, String why) {
        var report = message(MsgType.ORDER_MASS_CANCEL_REPORT);
        var type =
                request.symbol() == null
                        ? MassCancelRequestType.CANCEL_ALL_ORDERS
                        : MassCancelRequestType.CANCEL_ORDERS_FOR_A_SECURITY;
        report.setString(ClOrdID.FIELD, request.clOrdId());
        report.setString(OrderID.FIELD, request.clOrdId());
        report.setChar(MassCancelRequestType.FIELD, type);
        report.setChar(MassCancelResponse.FIELD, why == null ? type : REFUSED_MASS_CANCEL);
        report.setInt(TotalAffectedOrders.FIELD, count);
        text(report, why);
        return report;
    }

    private static Message report(Order order) {
        var report = message(MsgType.EXECUTION_REPORT);
        report.setString(
                OrderID.FIELD, order.orderId() == 0 ? "NONE" : Long.toString(order.orderId()));
        report.setString(ClOrdID.FIELD, order.clOrdId());
        report.setChar(OrdStatus.FIELD, order.status());
        report.setString(Symbol.FIELD, order.symbol());
        report.setChar(quickfix.field.Side.FIELD, order.side().fix);
        report.setString(OrderQty.FIELD, Long.toString(order.quantity()));
        report.setString(Price.FIELD, plain(order.price()));
        report.setString(LeavesQty.FIELD, Long.toString(order.leaves()));
        report.setString(CumQty.FIELD, Long.toString(order.filled()));
        report.setString(AvgPx.FIELD, plain(order.averagePrice()));
        return report;
    }

    private static void text(Message message, String text) {
        if (text != null) {
            message.setString(Text.FIELD, text);
        }
    }

    /// ISO-8601 in UTC as FIX writes it. By hand: a formatter took a fifth of the venue's time.
    private static String time(String iso) {
        var millis = iso.length() >= 24 ? iso.substring(19, 23) : "";
        return iso.substring(0, 10).replace("-", "") + "-" + iso.substring(11, 19) + millis;
    }

    private static String plain(BigDecimal number) {
        return number.toPlainString();
    }

    private static Message message(String type) {
        var message = new Message();
        message.getHeader().setString(MsgType.FIELD, type);
        return message;
    }
}
