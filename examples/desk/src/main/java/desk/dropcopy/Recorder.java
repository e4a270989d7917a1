package desk.dropcopy;

import desk.common.JsonLines;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import quickfix.Application;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.SessionID;
import quickfix.field.ClOrdID;
import quickfix.field.CumQty;
import quickfix.field.ExecID;
import quickfix.field.ExecType;
import quickfix.field.LastPx;
import quickfix.field.LastQty;
import quickfix.field.LeavesQty;
import quickfix.field.MsgType;
import quickfix.field.OrdStatus;
import quickfix.field.OrderID;
import quickfix.field.OrderQty;
import quickfix.field.OrigClOrdID;
import quickfix.field.Password;
import quickfix.field.Price;
import quickfix.field.Side;
import quickfix.field.Symbol;
import quickfix.field.TransactTime;

/// Writes down each drop copy once, before its sequence number counts as received: after a SIGKILL in between the
/// venue sends it again.
final class Recorder implements Application, AutoCloseable {
    /// The venue's tag for whose order it is.
    private static final int OWNER = 20003;

    private final Copies copies = new Copies();
    private final JsonLines file;
    private final Optional<String> password;
    private volatile boolean loggedOn;

    Recorder(Path executions, Optional<String> password) throws IOException {
        this.password = password;
        file = JsonLines.open(executions);
        JsonLines.read(executions, DropCopyExecution.class, copies::fold);
    }

    Copies copies() {
        return copies;
    }

    boolean loggedOn() {
        return loggedOn;
    }

    @Override
    public void fromApp(Message message, SessionID session) throws FieldNotFound {
        if (message.getHeader().getString(MsgType.FIELD).equals(MsgType.EXECUTION_REPORT)) {
            var execution = execution(message);
            if (execution.execId() > copies.lastExecId()) {
                file.append(execution);
                copies.fold(execution);
            }
        }
    }

    private static DropCopyExecution execution(Message report) throws FieldNotFound {
        var type = type(report);
        // The id of a request to cancel is nobody's order.
        var idTag =
                type.equals("CANCELLED") && report.isSetField(OrigClOrdID.FIELD)
                        ? OrigClOrdID.FIELD
                        : ClOrdID.FIELD;
        return new DropCopyExecution(
                Long.parseLong(report.getString(ExecID.FIELD)),
                report.getString(OrderID.FIELD),
                report.getString(OWNER),
                report.getString(idTag),
                type,
                report.getString(Symbol.FIELD),
                report.getChar(Side.FIELD) == Side.BUY ? "BUY" : "SELL",
                number(report, OrderQty.FIELD),
                new BigDecimal(report.getString(Price.FIELD)),
                number(report, LastQty.FIELD),
                report.getOptionalString(LastPx.FIELD).map(BigDecimal::new).orElse(null),
                number(report, CumQty.FIELD),
                number(report, LeavesQty.FIELD),
                Instant.now().toString(),
                iso(report.getString(TransactTime.FIELD)));
    }

    /// FIX's `20260102-03:04:05.678` as ISO-8601.
    private static String iso(String fix) {
        return fix.substring(0, 4)
                + "-"
                + fix.substring(4, 6)
                + "-"
                + fix.substring(6, 8)
                + "T"
                + fix.substring(9)
                + "Z";
    }

    private static String type(Message report) throws FieldNotFound {
        return switch (report.getChar(ExecType.FIELD)) {
            case ExecType.NEW -> "NEW";
            case ExecType.TRADE ->
                    report.getChar(OrdStatus.FIELD) == OrdStatus.FILLED ? "FILLED" : "PARTIAL";
            case ExecType.CANCELED -> "CANCELLED";
            case ExecType.REPLACED -> "REPLACED";
            default -> "REJECTED";
        };
    }

    private static long number(Message report, int tag) {
        return report.getOptionalString(tag).map(Long::parseLong).orElse(0L);
    }

    @Override
    public void toAdmin(Message message, SessionID session) {
        var logon =
                message.getHeader()
                        .getOptionalString(MsgType.FIELD)
                        .equals(Optional.of(MsgType.LOGON));
        if (logon) {
            password.ifPresent(secret -> message.setString(Password.FIELD, secret));
        }
    }

    @Override
    public void onLogon(SessionID session) {
        loggedOn = true;
    }

    @Override
    public void onLogout(SessionID session) {
        loggedOn = false;
    }

    @Override
    public void onCreate(SessionID session) {}

    @Override
    public void fromAdmin(Message message, SessionID session) {}

    @Override
    public void toApp(Message message, SessionID session) {}

    @Override
    public void close() throws IOException {
        file.close();
    }
}
