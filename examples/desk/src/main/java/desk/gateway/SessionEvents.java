package desk.gateway;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import quickfix.Application;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.SessionID;
import quickfix.field.MsgType;
import quickfix.field.Password;
import quickfix.field.Text;

/// What QuickFIX/J tells about one connection: the venue's words for the gateway, and when something changed.
final class SessionEvents implements Application {
    private final String password;
    private final Consumer<Message> executions;
    private final Runnable changed;
    private volatile String reason = "";

    SessionEvents(String password, Consumer<Message> executions, Runnable changed) {
        this.password = password;
        this.executions = executions;
        this.changed = changed;
    }

    /// Waits until something holds that a change of this connection can make true.
    synchronized boolean await(BooleanSupplier condition, Duration limit) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            var millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            try {
                // The session counts as logged on a moment after it says so, hence the small steps.
                wait(Math.min(millis, 2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    synchronized void signal() {
        notifyAll();
    }

    void refused(Exception why) {
        if (reason.isEmpty()) {
            reason = String.valueOf(why.getMessage());
        }
    }

    String reason() {
        return reason;
    }

    @Override
    public void onCreate(SessionID session) {}

    @Override
    public void onLogon(SessionID session) {
        signal();
        changed.run();
    }

    @Override
    public void onLogout(SessionID session) {
        signal();
    }

    @Override
    public void toAdmin(Message message, SessionID session) {
        if (isType(message, MsgType.LOGON) && !password.isEmpty()) {
            message.setString(Password.FIELD, password);
        }
    }

    @Override
    public void fromAdmin(Message message, SessionID session) {
        if (isType(message, MsgType.LOGOUT) && message.isSetField(Text.FIELD)) {
            try {
                reason = message.getString(Text.FIELD);
            } catch (FieldNotFound e) {
                throw new IllegalStateException("it was set a line ago", e);
            }
        }
    }

    @Override
    public void toApp(Message message, SessionID session) {}

    @Override
    public void fromApp(Message message, SessionID session) {
        executions.accept(message);
    }

    private static boolean isType(Message message, String type) {
        try {
            return message.getHeader().getString(MsgType.FIELD).equals(type);
        } catch (FieldNotFound e) {
            return false;
        }
    }
}
