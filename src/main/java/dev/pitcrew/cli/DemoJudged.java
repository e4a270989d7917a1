package dev.pitcrew.cli;

import dev.pitcrew.cli.DemoReport.JudgedEnd;
import dev.pitcrew.deploy.Compared;
import dev.pitcrew.deploy.JudgeEvent;
import dev.pitcrew.deploy.JudgeEvent.BaselineTaken;
import dev.pitcrew.deploy.JudgeEvent.JudgingBegun;
import dev.pitcrew.deploy.JudgeEvent.Looked;
import dev.pitcrew.judge.Detection;
import dev.pitcrew.judge.Detection.Harm;
import dev.pitcrew.judge.Evidence.Measured;
import dev.pitcrew.judge.Metric.Latency;
import dev.pitcrew.judge.Rules;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a canary's verdict took, beside what the simulation of `bench/judge` says that it takes, played from the latencies of the baseline
/// at the level in force.
final class DemoJudged {
    private static final Harm SLOW = new Harm(0.05, 5, 0.5); // what the version `2-slow` does
    private static final int RUNS = 1_000;

    private DemoJudged() {}

    /// @param events what the ledger has of its judging, in order
    /// @return empty when no verdict is among them, or no latency was judged
    static Optional<JudgedEnd> of(String name, Service service, List<JudgeEvent> events) {
        var judging = service.rollout().judge();
        var begun = last(events, JudgingBegun.class);
        var looked = last(events, Looked.class).filter(Looked::decides);
        if (judging.isEmpty() || begun.isEmpty() || looked.isEmpty()) {
            return Optional.empty();
        }
        var lines = Compared.lines(judging.get(), service);
        return lines.stream()
                .filter(one -> one.metric() instanceof Latency)
                .findFirst()
                .map(
                        line -> {
                            var seen =
                                    Compared.of(
                                                    last(events, BaselineTaken.class),
                                                    begun.get(),
                                                    looked.get())
                                            .measured(line.events(), 1);
                            var time = Duration.between(begun.get().at(), looked.get().at());
                            return end(
                                    name,
                                    looked.get().verdict(),
                                    (Latency) line.metric(),
                                    seen,
                                    judging.get(),
                                    lines.size(),
                                    (double) judging.get().every().toMillis()
                                            / Math.max(1, time.toMillis()));
                        });
    }

    private static JudgedEnd end(
            String name,
            String verdict,
            Latency metric,
            Measured seen,
            Judging judging,
            int metrics,
            double lookPart) {
        long canary = seen.canary().size();
        long baseline = seen.baseline().size();
        double alpha = judging.alpha().value();
        if (canary == 0 || baseline == 0) {
            return new JudgedEnd(name, verdict, canary + baseline, canary, -1, -1, alpha);
        }
        var rules =
                new Rules(
                        alpha / metrics,
                        judging.alphaPass().value(),
                        Rules.DEFAULT.expected(),
                        Rules.DEFAULT.valuesMin(),
                        0);
        var predicted =
                Detection.of(
                        metric,
                        seen.baseline(),
                        (double) canary / (canary + baseline),
                        SLOW,
                        rules,
                        Math.toIntExact(Math.max(1, Math.round(canary * lookPart))),
                        RUNS);
        // What had come just after a look is seen at the next.
        long look = Math.round((canary + baseline) * lookPart);
        return new JudgedEnd(
                name,
                verdict,
                canary + baseline,
                canary,
                predicted.median(),
                Math.max(predicted.most(), predicted.most() + look), // it may be without an end
                alpha);
    }

    private static <T extends JudgeEvent> Optional<T> last(List<JudgeEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).reduce((_, one) -> one);
    }
}
