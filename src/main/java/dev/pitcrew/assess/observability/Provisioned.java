package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.DataSource;
import dev.pitcrew.model.infra.SourceUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/// The data sources that files give a Grafana.
///
/// @param sources all of a repository
record Provisioned(List<DataSource> sources) {
    /// Those of a repository; none where a variable makes one of their uids.
    static Provisioned of(Subject subject) {
        var all = Near.all(subject, DataSource.class);
        return new Provisioned(
                all.stream().anyMatch(one -> one.id().contains("$")) ? List.of() : all);
    }

    /// What was meant by a use that no data source answers: one beside it of that name, or the only one there of that type. Where there is none, people may have made one by hand.
    ///
    /// @param answers whether a data source is called by such a word
    Optional<DataSource> meant(SourceUse use, BiPredicate<DataSource, String> answers) {
        if (use.isBuiltIn() || sources.stream().anyMatch(one -> answers.test(one, use.name()))) {
            return Optional.empty();
        }
        var near =
                sources.stream()
                        .filter(one -> Near.shared(one.place().file(), use.place().file()) > 0)
                        .toList();
        var named =
                near.stream()
                        .filter(
                                one ->
                                        one.name().equalsIgnoreCase(use.name())
                                                || one.type().equalsIgnoreCase(use.name()))
                        .toList();
        var typed = near.stream().filter(one -> one.type().equals(use.type())).toList();
        return named.isEmpty() && typed.size() == 1
                ? Optional.of(typed.getFirst())
                : named.stream().findFirst();
    }

    /// A use that no data source answers.
    ///
    /// @param meant the one that the use seems to mean
    /// @param by what asks
    record Asked<T>(SourceUse use, DataSource meant, T by) {}

    /// What is asked for and isn't there, each with all that ask for it.
    ///
    /// @param all what may ask
    /// @param uses the data sources that one of them asks
    /// @param answers whether a data source is called by such a word
    <T> Collection<List<Asked<T>>> missing(
            List<T> all,
            Function<T, List<SourceUse>> uses,
            BiPredicate<DataSource, String> answers) {
        var missing = new LinkedHashMap<String, List<Asked<T>>>();
        for (T by : all) {
            for (SourceUse use : uses.apply(by)) {
                meant(use, answers)
                        .ifPresent(
                                one ->
                                        missing.computeIfAbsent(use.name(), _ -> new ArrayList<>())
                                                .add(new Asked<>(use, one, by)));
            }
        }
        return missing.values();
    }

    /// The finding for one that is missing: at its first use, with what is meant and more of the uses.
    static <T> Report.Draft tell(List<Asked<T>> all, String what, Report report) {
        var first = all.getFirst();
        var finding =
                report.finding(first.use().place(), what)
                        .also(
                                first.meant().place(),
                                "the data source %s has the uid %s"
                                        .formatted(first.meant().name(), first.meant().id()));
        all.stream().skip(1).limit(3).forEach(one -> finding.also(one.use().place(), "and here"));
        return finding;
    }
}
