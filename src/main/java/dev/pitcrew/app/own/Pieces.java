package dev.pitcrew.app.own;

import dev.pitcrew.app.own.View.Maker;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Sketch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What several views have.
final class Pieces {
    private Pieces() {}

    /// Begins with where it stands, and the service that it is part of.
    static <F> Maker<Seen<F>> placed(String name, Function<F, Place> place) {
        return new Maker<Seen<F>>(name)
                .text("file", "where it stands", s -> place.apply(s.fact()).file())
                .whole("line", "in it", s -> (long) place.apply(s.fact()).line())
                .text(
                        "service",
                        "that it is part of",
                        s -> s.service().map(Sketch.Part::name).orElse(null))
                .text(
                        "duty",
                        "of that service, else `other`",
                        s -> s.service().map(p -> p.duty().text()).orElse("other"))
                .text(
                        "trading",
                        "of that service, else `unknown`",
                        s -> s.service().map(p -> word(p.trading())).orElse("unknown"));
    }

    /// Texts by name; of several of one name the last.
    static <T> Map<String, String> pairs(
            List<T> all, Function<T, String> name, Function<T, String> value) {
        var pairs = new LinkedHashMap<String, String>();
        all.forEach(one -> pairs.put(name.apply(one), value.apply(one)));
        return pairs;
    }

    /// The word for a constant.
    static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
