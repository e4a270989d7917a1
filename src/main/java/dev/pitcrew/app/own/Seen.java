package dev.pitcrew.app.own;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.SecretText;
import dev.pitcrew.model.infra.Sketch;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A fact as own checks see it: with the service that it belongs to, and without secrets, which an own check could print.
///
/// @param <F> the fact
record Seen<F>(F fact, Subject subject, Set<Place> secrets) {
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(PASS|SECRET|TOKEN|KEY|CREDENTIAL|PRIVATE|MNEMONIC|SEED|DSN).*");
    private static final Pattern USER = Pattern.compile("://[^/@\\s]*@");
    private static final Pattern PAIR =
            Pattern.compile(
                    "(?i)([A-Z0-9_.-]{0,60}(?:PASS|SECRET|TOKEN|KEY|CREDENTIAL|PRIVATE|MNEMONIC|SEED|DSN)[A-Z0-9_.-]{0,60}=)\\S+");
    private static final String HIDDEN = "‹secret›";

    /// All of some facts.
    static <F> List<Seen<F>> all(List<F> facts, Subject subject) {
        var secrets = new HashSet<Place>();
        subject.all(SecretText.class).forEach(one -> secrets.add(line(one.place())));
        return facts.stream().map(fact -> new Seen<>(fact, subject, secrets)).toList();
    }

    private static Place line(Place place) {
        return new Place(place.file(), place.line(), 1);
    }

    /// A value of it, if the fact says it.
    <V> @Nullable Object opt(Function<F, Optional<Located<V>>> value) {
        return value.apply(fact).map(Located::value).orElse(null);
    }

    /// The text at a place, or that it is a secret.
    String text(Located<String> text) {
        return secrets.contains(line(text.place())) ? HIDDEN : masked(text.value());
    }

    /// A text without what its own form says is a secret.
    static String masked(String text) {
        String address = USER.matcher(text).replaceAll("://" + HIDDEN + "@");
        return PAIR.matcher(address).replaceAll("$1" + HIDDEN);
    }

    /// The same of several.
    List<String> texts(List<Located<String>> texts) {
        return texts.stream().map(this::text).toList();
    }

    /// The same of the value of something with a name.
    String text(String name, Located<String> value) {
        return SECRET_NAME.matcher(name).matches() ? HIDDEN : text(value);
    }

    Optional<Sketch.Part> service() {
        return fact instanceof InfraFact one ? subject.sketch().of(one) : Optional.empty();
    }
}
