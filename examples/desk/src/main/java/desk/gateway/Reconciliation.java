package desk.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import desk.gateway.DropCopyBooks.Line;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds out, after every logon, what became of the orders in doubt, and whether our books agree with the drop copy.
///
/// The venue resends what it reported while we were away, in order, before it answers anything asked after the logon.
/// So an answer to a status request settles what was sent before. Belongs to the gateway's thread.
final class Reconciliation {
    private static final Duration TELL_AFTER = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN = Duration.ofMillis(50); // then twice as long each time
    private static final Duration ASK_AGAIN_MAX = Duration.ofSeconds(1);
    private static final Duration DIFFERENCE_LIMIT = Duration.ofMillis(500);
    private static final Duration COMPARE_AGAIN = Duration.ofMillis(50);
    private static final int ASKED_MAX = 500;

    private final Session session;
    private final Writer writer;
    private final Reads reads;
    private final WorkingOrders working;
    private final DropCopyBooks dropCopy;
    private final Set<String> told = new HashSet<>();
    private long firstAskedAt;
    private long askedAt;
    private long askAgainNanos;
    private long differsSince;
    private long compareAt;
    private volatile String verdict = "not compared yet";
    private volatile Map<String, Line> ours = Map.of();
    private volatile Map<String, Line> theirs = Map.of();

    Reconciliation(
            Session session,
            Writer writer,
            Reads reads,
            WorkingOrders working,
            DropCopyBooks dropCopy) {
        this.session = session;
        this.writer = writer;
        this.reads = reads;
        this.working = working;
        this.dropCopy = dropCopy;
    }

    /// Compares once, for nobody: the first time takes longer.
    void warmUp() {
        agrees(dropCopy.read());
    }

    /// Starts anew, after a logon or an activation.
    void begin() {
        firstAskedAt = 0;
        differsSince = 0;
        compareAt = 0;
        verdict = "not compared yet";
    }

    /// Asks what has to be asked now.
    ///
    /// @return whether nothing is in doubt and the books agree: only then may it send
    boolean proceed() {
        var doubtful = working.ordersInDoubt();
        if (!doubtful.isEmpty()) {
            askFor(doubtful);
            return false;
        }
        return compared();
    }

    /// Soon again at first: what was asked before the venue asked for our missing numbers is in the gap that we fill, so it never arrives.
    private void askFor(List<Order> doubtful) {
        var now = System.nanoTime();
        if (firstAskedAt == 0) {
            firstAskedAt = now;
            askAgainNanos = ASK_AGAIN.toNanos();
        } else if (now - askedAt < askAgainNanos) {
            return;
        } else {
            askAgainNanos = Math.min(2 * askAgainNanos, ASK_AGAIN_MAX.toNanos());
        }
        if (now - firstAskedAt >= TELL_AFTER.toNanos()) {
            var untold = doubtful.stream().filter(order -> told.add(order.id())).toList();
            writer.submit(
                    store -> {
                        OrderFlow.rules(store).inDoubt(untold);
                        return true;
                    },
                    _ -> {});
        }
        askedAt = now;
        doubtful.forEach(this::ask);
    }

    private void ask(Order order) {
        // The fate of a cancel shows in its order.
        session.send(
                Fix.status(order, order.kind() == Order.Kind.CANCEL ? order.target() : order.id()));
    }

    private boolean compared() {
        var now = System.nanoTime();
        if (compareAt != 0 && now - compareAt < 0) {
            return false;
        }
        if (!dropCopy.isThere()) {
            verdict = "there is no drop copy";
            return true; // whoever set up the desk wanted it so
        }
        var answer = dropCopy.read();
        if (answer.isEmpty()) {
            verdict = "the drop copy doesn't answer";
            compareAt = now + COMPARE_AGAIN.toNanos();
            return false;
        }
        if (agrees(answer)) {
            verdict = "agrees";
            return true;
        }
        verdict = "differs";
        if (differsSince == 0) {
            differsSince = now; // executions may still be on their way, to us or to the drop copy
        } else if (now - differsSince >= DIFFERENCE_LIMIT.toNanos()) {
            differsSince = now;
            compareAt = now + COMPARE_AGAIN.toNanos();
            working.openOrders().stream().limit(ASKED_MAX).forEach(this::ask);
        }
        return false;
    }

    private boolean agrees(Optional<Map<String, Line>> answer) {
        theirs = answer.orElse(Map.of());
        ours = reads.ask(store -> DropCopyBooks.of(store.openByInstrument(), store.positions()));
        return ours.equals(theirs);
    }

    void describe(ObjectNode status) {
        var report = status.putObject("reconcile").put("dropCopy", verdict);
        if (verdict.equals("differs")) {
            report.putPOJO("ours", ours).putPOJO("theirs", theirs);
        }
    }
}
