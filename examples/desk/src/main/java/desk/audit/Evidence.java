package desk.audit;

import com.fasterxml.jackson.databind.JsonNode;
import desk.common.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the clients, the venue and the drop copy wrote, in the order in which they wrote it. The audit reads nothing
/// else: neither the gateway's store nor anything of who operates the desk.
///
/// @param clients events of all clients
/// @param messages that the venue took
/// @param executions of the venue
/// @param settledExecId of the venue's last execution before the copies were read: later ones may not be copied yet
/// @param copies executions as the drop copy has them
/// @param sessions what happened to the venue's FIX sessions
record Evidence(
        List<ClientEvent> clients,
        List<Message> messages,
        List<Execution> executions,
        long settledExecId,
        List<Execution> copies,
        List<SessionEvent> sessions) {

    /// A line of `clients/CLIENT.jsonl`.
    ///
    /// @param order the order's ClOrdID at the venue: `CLIENT-ID`
    /// @param quantity of a SENT order; 0 when it isn't told
    record ClientEvent(String order, String event, long quantity) {}

    /// A line of `venue/orders.jsonl`.
    ///
    /// @param token 0 without one
    /// @param why it was refused; null when it was accepted
    record Message(
            String at,
            String compId,
            String clOrdId,
            String kind,
            long token,
            String instance,
            boolean accepted,
            String why,
            long atNanos) {}

    /// A line of `venue/executions.jsonl` or `drop-copy/executions.jsonl`.
    record Execution(
            long execId,
            long orderId,
            String clOrdId,
            String type,
            long quantity,
            long lastQuantity,
            long leaves,
            String why) {}

    /// A line of `venue/sessions.jsonl`.
    record SessionEvent(String compId, String event, String why) {}

    /// Reads the files below the desk's data folder; one that is missing counts as empty.
    static Evidence read(Path deskDir) throws IOException {
        var venue = deskDir.resolve("venue");
        var clients = clients(deskDir.resolve("clients"));
        var messages = lines(venue.resolve("orders.jsonl"), Message.class);
        var settled =
                lines(venue.resolve("executions.jsonl"), Execution.class).stream()
                        .mapToLong(Execution::execId)
                        .max()
                        .orElse(0);
        var copies = copies(deskDir.resolve("drop-copy/executions.jsonl"));
        return new Evidence(
                clients,
                messages,
                lines(venue.resolve("executions.jsonl"), Execution.class),
                settled,
                copies,
                lines(venue.resolve("sessions.jsonl"), SessionEvent.class));
    }

    private static List<ClientEvent> clients(Path folder) throws IOException {
        var events = new ArrayList<ClientEvent>();
        if (!Files.isDirectory(folder)) {
            return events;
        }
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                var client = file.getFileName().toString().replaceFirst("\\.jsonl$", "");
                JsonLines.read(file, JsonNode.class, line -> events.add(event(client, line)));
            }
        }
        return events;
    }

    private static ClientEvent event(String client, JsonNode line) {
        return new ClientEvent(
                client + "-" + line.path("id").asText(),
                line.path("event").asText(),
                line.path("quantity").asLong());
    }

    private static List<Execution> copies(Path file) throws IOException {
        var copies = new ArrayList<Execution>();
        JsonLines.read(file, JsonNode.class, line -> copies.add(copy(line)));
        return copies;
    }

    // The drop copy has the venue's order id as FIX text, which is NONE for a rejected order.
    private static Execution copy(JsonNode line) {
        return new Execution(
                line.path("execId").asLong(),
                line.path("orderId").asLong(),
                line.path("clOrdId").asText(),
                line.path("type").asText(),
                line.path("quantity").asLong(),
                line.path("lastQuantity").asLong(),
                line.path("leaves").asLong(),
                null);
    }

    private static <T> List<T> lines(Path file, Class<T> type) throws IOException {
        var lines = new ArrayList<T>();
        JsonLines.read(file, type, lines::add);
        return lines;
    }
}
