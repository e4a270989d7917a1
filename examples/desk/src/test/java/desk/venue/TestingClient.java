package desk.venue;

import desk.common.FixTags;
import desk.common.PlainMessages;
import desk.common.SilentLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import quickfix.Application;
import quickfix.ConfigError;
import quickfix.MemoryStoreFactory;
import quickfix.Message;
import quickfix.MessageStore;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionNotFound;
import quickfix.SessionSettings;
import quickfix.SocketInitiator;
import quickfix.field.ClOrdID;
import quickfix.field.ExecType;
import quickfix.field.MsgType;
import quickfix.field.OrderQty;
import quickfix.field.OrigClOrdID;
import quickfix.field.Price;
import quickfix.field.Symbol;

/// A real QuickFIX/J client of the venue. Its numbers live in a store that may be handed to the next client.
public final class TestingClient implements Application, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SessionID id;
    private final SocketInitiator engine;
    private final List<Message> received = new ArrayList<>();
    private boolean loggedOn;
    private int token = 1;

    public static MessageStore store() {
        return new MemoryStoreFactory().create(null);
    }

    public TestingClient(int port, String compId, MessageStore store) throws ConfigError {
        id = new SessionID("FIX.4.4", compId, "SIMX");
        var settings = new SessionSettings();
        settings.setString("ConnectionType", "initiator");
        settings.setString("SocketConnectHost", "127.0.0.1");
        settings.setString("SocketConnectPort", Integer.toString(port));
        settings.setString("HeartBtInt", "1");
        settings.setString("ReconnectInterval", "1");
        settings.setString("NonStopSession", "Y");
        settings.setString("UseDataDictionary", "N");
        settings.setString(id, "BeginString", "FIX.4.4");
        engine =
                new SocketInitiator(
                        this, _ -> store, settings, _ -> new SilentLog(), new PlainMessages());
        engine.start();
    }

    public synchronized TestingClient untilLoggedOn() throws InterruptedException {
        until(() -> loggedOn, "logon");
        return this;
    }

    public synchronized void untilLoggedOff() throws InterruptedException {
        until(() -> !loggedOn, "logout");
    }

    public synchronized boolean isLoggedOn() {
        return loggedOn;
    }

    /// Waits for a message, which may have come before.
    public synchronized Message await(Predicate<Message> wanted) throws InterruptedException {
        until(() -> received.stream().anyMatch(wanted), "a message");
        return received.stream().filter(wanted).findFirst().orElseThrow();
    }

    public Message await(String clOrdId, char execType) throws InterruptedException {
        return await(report(clOrdId, execType));
    }

    public synchronized List<Message> received(Predicate<Message> wanted) {
        return received.stream().filter(wanted).toList();
    }

    private void until(BooleanSupplier condition, String what) throws InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("waited in vain for " + what + ", got " + received);
            }
            wait(left);
        }
    }

    public TestingClient withToken(int newToken) {
        token = newToken;
        return this;
    }

    public void order(String clOrdId, String symbol, char side, int quantity, String price) {
        send(order(clOrdId, symbol, side, quantity, price, MsgType.ORDER_SINGLE));
    }

    public void cancel(String clOrdId, String original) {
        var message = message(MsgType.ORDER_CANCEL_REQUEST);
        message.setString(ClOrdID.FIELD, clOrdId);
        message.setString(OrigClOrdID.FIELD, original);
        send(message);
    }

    public void replace(String clOrdId, String original, int quantity, String price) {
        var message =
                order(clOrdId, "AAA", '1', quantity, price, MsgType.ORDER_CANCEL_REPLACE_REQUEST);
        message.setString(OrigClOrdID.FIELD, original);
        send(message);
    }

    private Message order(
            String clOrdId, String symbol, char side, int quantity, String price, String type) {
        var message = message(type);
        message.setString(ClOrdID.FIELD, clOrdId);
        message.setString(Symbol.FIELD, symbol);
        message.setChar(quickfix.field.Side.FIELD, side);
        message.setString(OrderQty.FIELD, Integer.toString(quantity));
        message.setString(Price.FIELD, price);
        return message;
    }

    public Message message(String type) {
        var message = new Message();
        message.getHeader().setString(MsgType.FIELD, type);
        message.setString(FixTags.TOKEN, Integer.toString(token));
        message.setString(FixTags.INSTANCE, "client-" + token);
        return message;
    }

    public void send(Message message) {
        try {
            Session.sendToTarget(message, id);
        } catch (SessionNotFound e) {
            throw new IllegalStateException(e);
        }
    }

    /// Logs out and waits for the venue's answer.
    public void logOut() throws InterruptedException {
        Session.lookupSession(id).logout();
        untilLoggedOff();
    }

    /// Ends the connection without a logout, as a killed process does.
    public void drop() throws IOException {
        Session.lookupSession(id).disconnect("dropped by the test", false);
        close();
    }

    public static Predicate<Message> report(String clOrdId, char execType) {
        return message ->
                is(message, ClOrdID.FIELD, clOrdId)
                        && is(message, ExecType.FIELD, Character.toString(execType));
    }

    public static Predicate<Message> type(String msgType) {
        return message ->
                msgType.equals(message.getHeader().getOptionalString(MsgType.FIELD).orElse(""));
    }

    public static boolean is(Message message, int tag, String value) {
        return value.equals(message.getOptionalString(tag).orElse(null));
    }

    @Override
    public synchronized void fromApp(Message message, SessionID session) {
        received.add(message);
        notifyAll();
    }

    @Override
    public synchronized void onLogon(SessionID session) {
        loggedOn = true;
        notifyAll();
    }

    @Override
    public synchronized void onLogout(SessionID session) {
        loggedOn = false;
        notifyAll();
    }

    @Override
    public void onCreate(SessionID session) {}

    @Override
    public void toAdmin(Message message, SessionID session) {}

    @Override
    public void fromAdmin(Message message, SessionID session) {}

    @Override
    public void toApp(Message message, SessionID session) {}

    @Override
    public void close() {
        engine.stop(true);
    }
}
