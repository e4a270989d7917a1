package desk.venue;

import desk.common.Json;
import desk.common.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Takes requests one at a time: matches, writes down, then reports. What a report says is in the files before it is
/// sent, so it survives SIGKILL; loss of power may take the last moments, since nothing waits for the disk.
final class Trading implements AutoCloseable {
    private final Exchange exchange;
    private final Fencing fencing;
    private final JsonLines orders;
    private final JsonLines executions;
    private final Path executionsFile;
    private Consumer<Execution> reports = _ -> {};
    private long duplicates;
    private long accepted;

    /// @param accounts those that trade by the REST API
    Trading(Path folder, Market market, Set<String> accounts, Fencing fencing) throws IOException {
        this.exchange = new Exchange(market, accounts);
        this.fencing = fencing;
        var ordersFile = folder.resolve("orders.jsonl");
        executionsFile = folder.resolve("executions.jsonl");
        orders = JsonLines.open(ordersFile);
        executions = JsonLines.open(executionsFile);
        JsonLines.read(executionsFile, Execution.class, exchange::fold);
        JsonLines.read(ordersFile, OrderMessage.class, this::recount);
    }

    private void recount(OrderMessage message) {
        var _ = fencing.refuses(message.compId(), message.token());
        if (message.accepted()) {
            accepted++;
        } else if (DUPLICATE.equals(message.why())) {
            duplicates++;
        }
    }

    private static final String DUPLICATE = "duplicate ClOrdID";

    /// @param publish is called for each execution, in order, after it is written down
    synchronized void reportTo(Consumer<Execution> publish) {
        reports = publish;
    }

    /// Takes a new order, a cancel or a replace.
    ///
    /// @return why it was refused; empty when it was accepted or is a resent message that was taken before
    synchronized Optional<Refusal> take(Request request) {
        var at = Instant.now();
        var known = exchange.known(request.compId(), request.clOrdId());
        if (request.resent() && known) {
            return Optional.empty();
        }
        // Asked for every message, so that each is counted.
        var fenced = fencing.refuses(request.compId(), request.token());
        var outcome =
                switch (request.kind()) {
                    case NEW -> place(request, fenced, known, at);
                    case CANCEL -> cancel(request, fenced, at);
                    case REPLACE -> replace(request, fenced, known, at);
                    case MASS_CANCEL -> cancelAll(request, fenced, at);
                };
        // The executions first: they are the truth that the books are rebuilt from.
        executions.appendAll(outcome.executions());
        orders.append(line(request, outcome.why(), at));
        if (outcome.why() == null) {
            accepted++;
        } else if (outcome.why().equals(DUPLICATE)) {
            duplicates++;
        }
        outcome.executions().forEach(reports);
        return Optional.ofNullable(outcome.why())
                .map(why -> new Refusal(why, outcome.order(), outcome.executions().isEmpty()));
    }

    /// Why a message was refused.
    ///
    /// @param order the order it was about; null when there is none
    /// @param unreported whether no execution told the sender yet
    record Refusal(String why, Order order, boolean unreported) {}

    private record Outcome(List<Execution> executions, String why, Order order) {
        static Outcome refused(String why, Order order) {
            return new Outcome(List.of(), why, order);
        }
    }

    private Outcome place(Request request, boolean fenced, boolean known, Instant at) {
        var order =
                Order.asked(
                        request.compId(),
                        request.clOrdId(),
                        request.symbol(),
                        request.side(),
                        request.quantity(),
                        request.price());
        if (known && exchange.isAccount(request.compId())) {
            return Outcome.refused(
                    DUPLICATE, order); // no execution: its id is that of the order that is open
        }
        if (fenced || known) {
            var why = fenced ? "older token" : DUPLICATE;
            return new Outcome(exchange.reject(order, why, at), why, order);
        }
        var executions = exchange.place(order, at);
        return new Outcome(executions, executions.getFirst().why(), order);
    }

    private Outcome cancel(Request request, boolean fenced, Instant at) {
        var order = exchange.find(request.compId(), request.origClOrdId()).orElse(null);
        if (fenced || order == null || !order.open()) {
            return Outcome.refused(whyNot(fenced, order), order);
        }
        return new Outcome(exchange.cancel(order, request.clOrdId(), null, at), null, order);
    }

    private Outcome replace(Request request, boolean fenced, boolean known, Instant at) {
        var order = exchange.find(request.compId(), request.origClOrdId()).orElse(null);
        if (fenced || order == null || !order.open()) {
            return Outcome.refused(whyNot(fenced, order), order);
        }
        if (known) {
            return Outcome.refused(DUPLICATE, order);
        }
        var refusal =
                request.quantity() <= order.filled()
                        ? "quantity " + request.quantity() + " is filled already"
                        : exchange.refusal(order.symbol(), request.quantity(), request.price());
        if (!refusal.isEmpty()) {
            return Outcome.refused(refusal, order);
        }
        var changed =
                exchange.replace(order, request.clOrdId(), request.quantity(), request.price(), at);
        return new Outcome(changed, null, order);
    }

    private static String whyNot(boolean fenced, Order order) {
        return fenced ? "older token" : order == null ? "unknown order" : "too late";
    }

    private Outcome cancelAll(Request request, boolean fenced, Instant at) {
        if (fenced) {
            return Outcome.refused("older token", null);
        }
        var which = ofClient(request.compId(), request.symbol());
        var cancelled =
                exchange.open(which).stream()
                        .flatMap(o -> exchange.cancel(o, request.clOrdId(), null, at).stream())
                        .toList();
        return new Outcome(cancelled, null, null);
    }

    /// The venue itself cancels a client's open orders.
    ///
    /// @return how many
    synchronized int cancelAll(String compId, String why) {
        return unasked(
                ofClient(compId, null), order -> exchange.cancel(order, null, why, Instant.now()));
    }

    /// The house fills resting orders.
    ///
    /// @return how many
    synchronized int fillWhere(Predicate<Order> which) {
        return unasked(which, order -> exchange.fill(order, Instant.now()));
    }

    private int unasked(Predicate<Order> which, Function<Order, List<Execution>> change) {
        var changed = exchange.open(which).stream().flatMap(o -> change.apply(o).stream()).toList();
        executions.appendAll(changed);
        changed.forEach(reports);
        return changed.size();
    }

    private static Predicate<Order> ofClient(String compId, String symbol) {
        return order ->
                order.compId().equals(compId) && (symbol == null || order.symbol().equals(symbol));
    }

    synchronized Optional<Order> find(String compId, String clOrdId) {
        return exchange.find(compId, clOrdId);
    }

    synchronized List<Order> open(Predicate<Order> which) {
        return exchange.open(which);
    }

    /// Gives every execution so far, in order, while no request is taken.
    synchronized void replay(Consumer<Execution> each) throws IOException {
        JsonLines.read(executionsFile, Execution.class, each);
    }

    synchronized Object books() {
        var byInstrument = new TreeMap<String, Books>();
        exchange.positions()
                .forEach((symbol, held) -> byInstrument.put(symbol, new Books(0, held)));
        for (var order : exchange.open(_ -> true)) {
            byInstrument.computeIfPresent(
                    order.symbol(), (_, book) -> new Books(book.open() + 1, book.position()));
        }
        return Json.object().set("byInstrument", Json.MAPPER.valueToTree(byInstrument));
    }

    private record Books(int open, long position) {}

    synchronized Object counts() {
        return Json.object()
                .put("accepted", accepted)
                .put("rejected", exchange.rejected())
                .put("duplicates", duplicates)
                .put("olderToken", fencing.older())
                .put("executions", exchange.lastExecId())
                .put("orders", exchange.orderCount());
    }

    private OrderMessage line(Request request, String why, Instant at) {
        return new OrderMessage(
                at.toString(),
                request.compId(),
                request.clOrdId(),
                request.origClOrdId(),
                request.kind(),
                request.token(),
                request.instance(),
                why == null,
                why,
                System.nanoTime());
    }

    @Override
    public synchronized void close() throws IOException {
        orders.close();
        executions.close();
    }
}
