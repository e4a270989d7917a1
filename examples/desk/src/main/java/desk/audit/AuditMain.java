package desk.audit;

import com.fasterxml.jackson.databind.SerializationFeature;
import desk.common.Json;
import desk.common.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// `audit [FOLDER] [--format json]`: judges a desk offline and prints the verdict. Exit code 0 when it is clean, else 1.
public final class AuditMain {
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private AuditMain() {}

    public static void main(Settings settings, List<String> arguments) throws Exception {
        var json = Collections.indexOfSubList(arguments, List.of("--format", "json")) >= 0;
        var folder =
                arguments.isEmpty() || arguments.getFirst().startsWith("--")
                        ? settings.deskDir()
                        : Path.of(arguments.getFirst());
        var verdict = settled(folder);
        System.out.println(json ? json(verdict) : text(verdict));
        System.exit(verdict.clean() ? 0 : 1);
    }

    // The drop copy of a desk that still runs is a moment behind the venue.
    private static Verdict settled(Path folder) throws Exception {
        var deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
        var verdict = Audit.judge(Evidence.read(folder));
        while (verdict.dropCopyDiffers() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_AGAIN);
            verdict = Audit.judge(Evidence.read(folder));
        }
        return verdict;
    }

    private static String json(Verdict verdict) throws Exception {
        return Json.MAPPER
                .writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(verdict);
    }

    static String text(Verdict verdict) {
        var orders = verdict.orders();
        var text =
                """
                orders sent %d, acknowledged %d: filled %d, returned %d, rejected %d, cancelled %d, replaced %d, resting %d, in doubt %d
                LOST %d, DUPLICATED %d, contradicted %d, unsolicited %d
                two active: %d intervals, %d orders under an older token, %d second logons refused
                handoffs %d, dark time p50 %.1f ms, p99 %.1f ms
                drop copy differs from the venue in %d executions"""
                        .formatted(
                                orders.sent(),
                                orders.acknowledged(),
                                orders.filled(),
                                orders.returned(),
                                orders.rejected(),
                                orders.cancelled(),
                                orders.replaced(),
                                orders.resting(),
                                orders.inDoubt(),
                                orders.lost(),
                                orders.duplicated(),
                                verdict.contradicted(),
                                verdict.unsolicited(),
                                verdict.twoActiveIntervals(),
                                verdict.olderTokenOrders(),
                                verdict.refusedSecondLogons(),
                                verdict.handoffs().size(),
                                verdict.darkMillisP50(),
                                verdict.darkMillisP99(),
                                verdict.dropCopyDiffers());
        return text
                + named("lost", verdict.lostOrders())
                + named("duplicated", verdict.duplicatedOrders())
                + named("in doubt", verdict.inDoubtOrders())
                + named("contradicted", verdict.contradictedOrders());
    }

    private static String named(String what, List<String> orders) {
        return orders.isEmpty() ? "" : "\n" + what + ": " + String.join(" ", orders);
    }
}
