package desk.dropcopy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.common.Http;
import desk.common.Http.Reply;
import desk.common.Json;
import desk.common.Operated;
import desk.common.OperatorPort;
import desk.common.PlainMessages;
import desk.common.SessionLog;
import desk.common.Settings;
import desk.common.SilentLog;
import java.io.IOException;
import java.util.List;
import quickfix.ConfigError;
import quickfix.SessionID;
import quickfix.SessionSettings;
import quickfix.SocketInitiator;

/// The recorder's process: one FIX session that only listens, and what it heard, over HTTP.
public final class DropCopy implements Operated, AutoCloseable {
    private static final SessionID SESSION = new SessionID("FIX.4.4", "DROP", "SIMX");

    private final Recorder recorder;
    private final SessionLog log;
    private final SocketInitiator engine;
    private final Http http;

    public DropCopy(Settings settings) throws IOException, ConfigError {
        var folder = settings.deskDir().resolve("drop-copy");
        recorder =
                new Recorder(folder.resolve("executions.jsonl"), settings.optional("FIX_PASSWORD"));
        log = new SessionLog(folder.resolve("fix.log"));
        engine = engine(settings.address("VENUE"));
        http = new Http(settings.port());
        OperatorPort.serve(http, settings, this);
        http.get("/books", _ -> books());
        http.get("/open-orders", _ -> Reply.ok(recorder.copies().open()));
        engine.start();
        http.start();
    }

    public static void main(Settings settings) throws Exception {
        var recorder = new DropCopy(settings);
        System.out.println("drop copy: HTTP " + recorder.http.port());
    }

    private SocketInitiator engine(Settings.Address venue) throws ConfigError {
        var settings = new SessionSettings();
        settings.setString("ConnectionType", "initiator");
        settings.setString("SocketConnectHost", venue.host());
        settings.setString("SocketConnectPort", Integer.toString(venue.port()));
        settings.setString("SocketTcpNoDelay", "Y");
        settings.setString("HeartBtInt", "1");
        settings.setString("ReconnectInterval", "1");
        settings.setString("NonStopSession", "Y");
        settings.setString("UseDataDictionary", "N");
        // Nothing it sends is worth sending again, and the logon has the password in it.
        settings.setString("PersistMessages", "N");
        settings.setString(SESSION, "BeginString", SESSION.getBeginString());
        return new SocketInitiator(
                recorder, _ -> log, settings, _ -> new SilentLog(), new PlainMessages());
    }

    // Books that the venue doesn't keep up to date must not pass for a second source.
    private Reply books() {
        return recorder.loggedOn()
                ? Reply.ok(recorder.copies().books())
                : Reply.error(503, "not logged on at the venue, so the books are old");
    }

    @Override
    public String service() {
        return "drop-copy";
    }

    @Override
    public List<String> notReady() {
        return recorder.loggedOn() ? List.of() : List.of("not logged on at the venue");
    }

    @Override
    public void describe(ObjectNode status) {
        status.put("openOrders", recorder.copies().open().size());
        status.put("lastExecId", recorder.copies().lastExecId());
        var lastAcceptedAt = recorder.copies().lastAcceptedAt();
        if (!lastAcceptedAt.isEmpty()) {
            status.put("lastAcceptedAt", lastAcceptedAt);
        }
        status.putObject("session")
                .put("loggedOn", recorder.loggedOn())
                .put("nextSender", log.getNextSenderMsgSeqNum())
                .put("nextTarget", log.getNextTargetMsgSeqNum());
        status.set("positions", Json.MAPPER.valueToTree(recorder.copies().positions()));
    }

    public int httpPort() {
        return http.port();
    }

    @Override
    public void close() throws IOException {
        engine.stop(true);
        http.close();
        log.close();
        recorder.close();
    }
}
