package dev.pitcrew.app;

import dev.pitcrew.app.KillReport.How;
import dev.pitcrew.app.KillReport.Stopped;
import dev.pitcrew.app.Reach.Alive;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.runtime.process.ProcessState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The order in which a kill tells instances: who may be active first, all of those at once; who says that it is passive once they have
/// answered, and at the latest after a head start. Nobody who may be active waits for anybody.
///
/// Only an instance's own word makes it passive: one that says nothing in time may be sending.
final class ActiveFirst {
    private static final Duration WORD = Duration.ofMillis(250);
    private static final Duration HEAD_START = Duration.ofMillis(500);

    private final Reach reach;

    ActiveFirst(Reach reach) {
        this.reach = reach;
    }

    /// Takes the measure on each.
    ///
    /// @return what came of it, in the order of the instances
    List<Stopped> each(List<Alive> all, Function<Alive, Stopped> measure) {
        // One for each instance that is passive, or active and told.
        var ahead = new CountDownLatch(all.size());
        return AllAtOnce.each(
                all,
                one -> {
                    if (isPassive(one)) {
                        ahead.countDown();
                        await(ahead);
                        return measure.apply(one);
                    }
                    try {
                        return measure.apply(one);
                    } finally {
                        ahead.countDown();
                    }
                });
    }

    private boolean isPassive(Alive one) {
        var isHalted =
                one.process().state() instanceof ProcessState.Running(_, _, var halted) && halted;
        return !isHalted
                && reach.ask(one, ProbeName.ACTIVE, WORD).filter("false"::equals).isPresent();
    }

    private static void await(CountDownLatch ahead) {
        try {
            var _ = ahead.await(HEAD_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // then it is told now
        }
    }

    /// A measure taken on all instances at once, each in a thread of its own.
    static final class AllAtOnce {
        private AllAtOnce() {}

        static List<Stopped> each(List<Alive> all, Function<Alive, Stopped> measure) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var results =
                        all.stream().map(one -> threads.submit(() -> measure.apply(one))).toList();
                var stopped = new ArrayList<Stopped>();
                for (var result : results) {
                    var name = all.get(stopped.size()).name();
                    stopped.add(
                            Results.of(
                                    result, failure -> new Stopped(name, How.AT_LARGE, failure)));
                }
                return stopped;
            }
        }
    }
}
