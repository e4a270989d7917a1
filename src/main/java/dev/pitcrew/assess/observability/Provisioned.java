package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.DataSource;
import dev.pitcrew.model.infra.SourceUse;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

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
}
