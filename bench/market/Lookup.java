package dev.pitcrew.bench;

import dev.pitcrew.market.Calendar;
import dev.pitcrew.market.Calendars;
import dev.pitcrew.market.Phase;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A lookup in a calendar at random moments from 2015 to 2027, by JMH; `bench/market/run --jmh` fetches it and compiles this file.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Lookup {
    private static final int MOMENTS = 1 << 16;

    @Param({"XNYS", "CME-EQUITY", "XHKG", "FX"})
    public String venue;

    private Calendar calendar;
    private Instant[] moments;
    private int next;

    @Setup
    public void prepare() {
        calendar = Calendars.builtIn().calendar(venue).orElseThrow();
        var random = new Random(1);
        moments = new Instant[MOMENTS];
        for (int i = 0; i < MOMENTS; i++) {
            moments[i] =
                    Instant.parse("2015-01-02T00:00:00Z").plusSeconds(random.nextInt(400_000_000));
        }
    }

    private Instant moment() {
        return moments[next++ & (MOMENTS - 1)];
    }

    @Benchmark
    public Phase phase() {
        return calendar.phase(moment());
    }

    @Benchmark
    public Optional<Instant> nextOpen() {
        return calendar.nextOpen(moment());
    }
}
