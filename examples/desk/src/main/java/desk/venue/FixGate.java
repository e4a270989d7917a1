package desk.venue;

import desk.common.FixTags;
import desk.common.Latencies;
import desk.venue.OrderMessage.Kind;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import quickfix.Application;
import quickfix.FieldNotFound;
import quickfix.IncorrectDataFormat;
import quickfix.IncorrectTagValue;
import quickfix.Message;
import quickfix.RejectLogon;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionNotFound;
import quickfix.UnsupportedMessageType;
import quickfix.field.ClOrdID;
import quickfix.field.MassStatusReqID;
import quickfix.field.MsgType;
import quickfix.field.OrderQty;
import quickfix.field.OrigClOrdID;
import quickfix.field.Password;
import quickfix.field.PossDupFlag;
import quickfix.field.Price;
import quickfix.field.Symbol;

/// The venue's side of FIX: messages into requests, executions into reports for the owner and the drop copies.
final class FixGate implements Application {
    private final Trading trading;
    private final Sessions sessions;
    private final Set<String> dropCopies;
    private final Optional<String> password;
    private final Latencies latencies = new Latencies();

    FixGate(Trading trading, Sessions sessions, Set<String> dropCopies, Optional<String> password) {
        this.trading = trading;
        this.sessions = sessions;
        this.dropCopies = dropCopies;
        this.password = password;
    }

    Latencies latencies() {
        return latencies;
    }

    /// Sends an execution to its owner and to each drop copy. For a session that isn't logged on the engine keeps it
    /// and sends it on request after the next logon.
    void publish(Execution execution) {
        if (sessions.has(execution.compId())) {
            publish(execution, execution.compId());
        }
        for (var compId : dropCopies) {
            publish(execution, compId);
        }
    }

    void publish(Execution execution, String compId) {
        var report = Reports.execution(execution);
        if (dropCopies.contains(compId)) {
            report.setString(Reports.OWNER, execution.compId());
        }
        send(report, sessions.id(compId));
    }

    private static void send(Message message, SessionID session) {
        try {
            Session.sendToTarget(message, session);
        } catch (SessionNotFound e) {
            throw new IllegalStateException("no session " + session, e);
        }
    }

    @Override
    public void fromApp(Message message, SessionID session)
            throws FieldNotFound, IncorrectDataFormat, IncorrectTagValue, UnsupportedMessageType {
        var began = System.nanoTime();
        var compId = session.getTargetCompID();
        if (dropCopies.contains(compId)) {
            throw new UnsupportedMessageType(); // a drop copy only reads
        }
        switch (message.getHeader().getString(MsgType.FIELD)) {
            case MsgType.ORDER_SINGLE -> trading.take(request(Kind.NEW, message, compId));
            case MsgType.ORDER_CANCEL_REQUEST -> change(Kind.CANCEL, message, session);
            case MsgType.ORDER_CANCEL_REPLACE_REQUEST -> change(Kind.REPLACE, message, session);
            case MsgType.ORDER_MASS_CANCEL_REQUEST -> massCancel(message, session);
            case MsgType.ORDER_STATUS_REQUEST -> status(message, session);
            case MsgType.ORDER_MASS_STATUS_REQUEST -> massStatus(message, session);
            default -> throw new UnsupportedMessageType();
        }
        latencies.add(System.nanoTime() - began);
    }

    private void change(Kind kind, Message message, SessionID session)
            throws FieldNotFound, IncorrectTagValue {
        var request = request(kind, message, session.getTargetCompID());
        trading.take(request)
                .ifPresent(no -> send(Reports.refused(request, no.order(), no.why()), session));
    }

    private void massCancel(Message message, SessionID session)
            throws FieldNotFound, IncorrectTagValue {
        var request = request(Kind.MASS_CANCEL, message, session.getTargetCompID());
        var affected =
                trading.open(order -> order.compId().equals(request.compId())).stream()
                        .filter(
                                o ->
                                        request.symbol() == null
                                                || o.symbol().equals(request.symbol()))
                        .count();
        var why = trading.take(request).map(Trading.Refusal::why).orElse(null);
        send(Reports.massCancelled(request, why == null ? (int) affected : 0, why), session);
    }

    private void status(Message message, SessionID session) throws FieldNotFound {
        var id = message.getString(ClOrdID.FIELD);
        var order = trading.find(session.getTargetCompID(), id);
        var report =
                order.map(found -> Reports.status(found, id))
                        .orElseGet(() -> Reports.unknown(id, text(message, Symbol.FIELD), '1'));
        send(report, session);
    }

    private void massStatus(Message message, SessionID session) throws FieldNotFound {
        var open = trading.open(order -> order.compId().equals(session.getTargetCompID()));
        Reports.massStatus(message.getString(MassStatusReqID.FIELD), open)
                .forEach(report -> send(report, session));
    }

    private static Request request(Kind kind, Message message, String compId)
            throws FieldNotFound, IncorrectTagValue {
        var header = message.getHeader();
        var prices = kind == Kind.NEW || kind == Kind.REPLACE;
        var changes = kind == Kind.CANCEL || kind == Kind.REPLACE;
        return new Request(
                kind,
                compId,
                message.getString(ClOrdID.FIELD),
                changes ? message.getString(OrigClOrdID.FIELD) : null,
                kind == Kind.NEW
                        ? message.getString(Symbol.FIELD)
                        : optional(message, Symbol.FIELD).orElse(null),
                kind == Kind.NEW ? side(message) : null,
                prices ? number(message, OrderQty.FIELD).longValue() : 0,
                prices ? number(message, Price.FIELD) : null,
                Long.parseLong(optional(message, FixTags.TOKEN).orElse("0")),
                text(message, FixTags.INSTANCE),
                header.isSetField(PossDupFlag.FIELD) && header.getBoolean(PossDupFlag.FIELD));
    }

    private static Side side(Message message) throws FieldNotFound, IncorrectTagValue {
        try {
            return Side.of(message.getChar(quickfix.field.Side.FIELD));
        } catch (IllegalArgumentException e) {
            throw new IncorrectTagValue(quickfix.field.Side.FIELD);
        }
    }

    private static BigDecimal number(Message message, int tag)
            throws FieldNotFound, IncorrectTagValue {
        try {
            return new BigDecimal(message.getString(tag));
        } catch (NumberFormatException e) {
            throw new IncorrectTagValue(tag);
        }
    }

    private static Optional<String> optional(Message message, int tag) {
        return message.getOptionalString(tag);
    }

    private static String text(Message message, int tag) {
        return optional(message, tag).orElse("");
    }

    @Override
    public void fromAdmin(Message message, SessionID session) throws FieldNotFound, RejectLogon {
        var type = message.getHeader().getString(MsgType.FIELD);
        if (type.equals(MsgType.LOGON) && password.isPresent()) {
            if (!password.equals(message.getOptionalString(Password.FIELD))) {
                sessions.refused(session.getTargetCompID(), "wrong password");
                throw new RejectLogon("wrong password");
            }
        } else if (type.equals(MsgType.LOGOUT)) {
            sessions.saidLogout(session.getTargetCompID());
        }
    }

    @Override
    public void onLogon(SessionID session) {
        sessions.loggedOn(session.getTargetCompID());
    }

    @Override
    public void onLogout(SessionID session) {
        sessions.gone(session.getTargetCompID());
    }

    @Override
    public void onCreate(SessionID session) {}

    @Override
    public void toAdmin(Message message, SessionID session) {}

    @Override
    public void toApp(Message message, SessionID session) {}
}
