package dev.pitcrew.server;

import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Words;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What an operator's token is good for.
///
/// @param rights what it allows; reading comes with each of them
/// @param environments by name; none named means all
/// @param owners as the system file names them: a desk such as `equities`, or one of its strategies, `equities/pairs`; none named means all
/// @param until after that it is void
public record Grant(
        Set<Right> rights, Set<String> environments, Set<String> owners, Optional<Instant> until) {
    /// Everything, for ever: what tokens were good for before there were rights.
    public static final Grant ALL =
            new Grant(EnumSet.allOf(Right.class), Set.of(), Set.of(), Optional.empty());

    public Grant {
        if (rights.isEmpty()) {
            throw new IllegalArgumentException("an operator without any right is none");
        }
        var some = EnumSet.copyOf(rights);
        some.add(Right.READ);
        rights = Collections.unmodifiableSet(some);
        environments = Collections.unmodifiableSet(new TreeSet<>(environments));
        owners = Collections.unmodifiableSet(new TreeSet<>(owners));
    }

    /// Whether it allows that here and now, to what it [#covers].
    public boolean allows(Right right, String environment, Instant now) {
        return isValid(now)
                && rights.contains(right)
                && (environments.isEmpty() || environments.contains(environment));
    }

    /// Whether it reaches what is somebody's.
    ///
    /// @param owner empty when the system file names none: then only a token for all owners does
    public boolean covers(Optional<TradingSystem.Owner> owner) {
        return owners.isEmpty()
                || owner.filter(one -> owners.contains(one.desk()) || owners.contains(one.text()))
                        .isPresent();
    }

    /// Whether it has not expired.
    public boolean isValid(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /// In one line, such as `read approve in paper of equities until 2026-12-24T00:00:00Z`; empty for [#ALL].
    public String text() {
        if (equals(ALL)) {
            return "";
        }
        return rights.stream().map(Words::of).collect(Collectors.joining(" "))
                + list(" in ", environments)
                + list(" of ", owners)
                + until.map(end -> " until " + end).orElse("");
    }

    private static String list(String word, Set<String> names) {
        return names.isEmpty() ? "" : word + String.join(",", names);
    }
}
