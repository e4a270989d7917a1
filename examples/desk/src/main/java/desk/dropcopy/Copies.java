package desk.dropcopy;

import desk.common.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Open orders and positions, folded from drop copies alone.
final class Copies {
    private final Map<String, DropCopyExecution> open = new LinkedHashMap<>();
    private final Map<String, Long> positions = new TreeMap<>();
    private long lastExecId;
    private String lastAcceptedAt = "";

    /// Takes one execution in.
    ///
    /// @return whether it was new; one that was resent changes nothing
    // ExecIDs only grow on one session, so the last one is all that needs to be remembered.
    synchronized boolean fold(DropCopyExecution execution) {
        if (execution.execId() <= lastExecId) {
            return false;
        }
        lastExecId = execution.execId();
        if (execution.type().equals("REJECTED")) {
            return true;
        }
        if (execution.type().equals("NEW")) {
            lastAcceptedAt = execution.happenedAt();
        }
        if (execution.open()) {
            open.put(execution.orderId(), execution);
        } else {
            open.remove(execution.orderId());
        }
        var bought = execution.side().equals("BUY");
        var signed = bought ? execution.lastQuantity() : -execution.lastQuantity();
        positions.merge(execution.symbol(), signed, Long::sum);
        return true;
    }

    synchronized long lastExecId() {
        return lastExecId;
    }

    /// When the venue accepted its last new order, by its own clock; empty before the first.
    synchronized String lastAcceptedAt() {
        return lastAcceptedAt;
    }

    /// The latest execution of each open order, oldest order first.
    synchronized List<DropCopyExecution> open() {
        return List.copyOf(open.values());
    }

    synchronized Map<String, Long> positions() {
        return new TreeMap<>(positions);
    }

    /// `{"byInstrument": {"AAA": {"open": 3, "position": 100}}}`
    synchronized Object books() {
        var books = new TreeMap<String, Holding>();
        positions.forEach((symbol, held) -> books.put(symbol, new Holding(0, held)));
        for (var order : open.values()) {
            books.computeIfPresent(
                    order.symbol(), (_, book) -> new Holding(book.open() + 1, book.position()));
        }
        return Json.object().set("byInstrument", Json.MAPPER.valueToTree(books));
    }

    private record Holding(int open, long position) {}
}
