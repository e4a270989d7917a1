package dev.pitcrew.read;

import dev.pitcrew.model.JudgedMetric;
import dev.pitcrew.model.JudgedMetric.Kind;
import dev.pitcrew.model.JudgedMetric.Worse;
import dev.pitcrew.model.Judging;
import dev.pitcrew.read.yaml.Node.Scalar;

/// Makes of a checked mapping how a new version is judged.
final class JudgingMaker {
    private JudgingMaker() {}

    static Judging make(Settings s) {
        return new Judging(
                s.inIfGiven("prometheus")
                        .<Judging.Source>map(
                                server ->
                                        new Judging.Source.Prometheus(
                                                server.text("url"), server.template("labels")))
                        .orElseGet(() -> new Judging.Source.Scraped(s.text("path"))),
                s.duration("every"),
                s.duration("past"),
                Scalars.share(s.text("alpha")),
                Scalars.share(s.text("alphaPass")),
                Scalars.onInconclusive(s.text("onInconclusive")),
                s.duration("answerLimit"),
                s.named("metrics", JudgingMaker::metric),
                s.map("guards", value -> Double.parseDouble(((Scalar) value).text())));
    }

    private static JudgedMetric metric(String name, Settings s) {
        if (s.has("histogram")) {
            return new JudgedMetric(
                    name, Kind.LATENCY, s.text("histogram"), "", Worse.MORE, s.optional("margin"));
        }
        var whole = s.optional("of").or(() -> s.optional("per"));
        return new JudgedMetric(
                name,
                s.has("of") ? Kind.SHARE : Kind.RATE,
                s.text("events"),
                whole.orElse(""),
                s.has("worse") ? s.word("worse", Worse.class) : Worse.MORE,
                s.optional("margin"));
    }
}
