package dev.pitcrew.read;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.Shape.Either;
import dev.pitcrew.read.Shape.Field;
import dev.pitcrew.read.Shape.Listing;
import dev.pitcrew.read.Shape.Named;
import dev.pitcrew.read.Shape.OneWord;
import dev.pitcrew.read.Shape.Section;
import dev.pitcrew.read.Shape.Value;
import dev.pitcrew.read.Shape.Whole;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import dev.pitcrew.read.yaml.Node.Sequence;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Holds a tree against its declaration. It says which keys and words are wrong, never which values: one of them may be
/// a secret in the wrong place.
final class Validation {
    private static final int SHOWN_MAX = 40;

    private final Consumer<Problem> problems;

    Validation(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /// @param what names the value in messages: its key
    void check(String what, Node node, Shape shape) {
        switch (shape) {
            case Value(Kind kind) -> value(what, node, kind);
            case OneWord word -> word(what, node, word);
            case Whole whole -> whole(what, node, whole);
            case Section section when node instanceof Mapping m -> section(what, m, section);
            case Named named when node instanceof Mapping m -> named(m, named);
            case Listing listing when node instanceof Sequence s -> listing(what, s, listing);
            case Either either -> either(what, node, either);
            case Section _, Named _, Listing _ -> wrong(what, node, shape.wanted());
        }
    }

    private void value(String what, Node node, Kind kind) {
        if (!(node instanceof Scalar scalar) || scalar.isEmpty() || !fits(scalar, kind)) {
            wrong(what, node, kind.wanted());
        } else if (kind == Kind.ZONE && !ZoneId.getAvailableZoneIds().contains(scalar.text())) {
            var near = Nearest.to(scalar.text(), ZoneId.getAvailableZoneIds());
            report(
                    node.place(),
                    "no time zone '%s'%s"
                            .formatted(
                                    scalar.text(),
                                    near.map(z -> "; did you mean '" + z + "'?").orElse("")));
        }
    }

    private static boolean fits(Scalar scalar, Kind kind) {
        boolean numberIsPlain = (kind != Kind.NUMBER && kind != Kind.FLAG) || scalar.plain();
        return numberIsPlain
                && (kind.pattern().isEmpty() || Pattern.matches(kind.pattern(), scalar.text()));
    }

    private void word(String what, Node node, OneWord word) {
        if (!(node instanceof Scalar scalar) || scalar.isEmpty()) {
            wrong(what, node, word.wanted());
        } else if (!word.words().contains(scalar.text())) {
            String near =
                    Nearest.to(scalar.text(), word.words())
                            .map(n -> "; did you mean '" + n + "'?")
                            .orElse("");
            report(
                    node.place(),
                    "%s must be %s, is %s%s".formatted(what, word.wanted(), shown(scalar), near));
        }
    }

    private void whole(String what, Node node, Whole whole) {
        if (!isWhole(node, whole)) {
            wrong(what, node, whole.wanted());
        }
    }

    private static boolean isWhole(Node node, Whole whole) {
        if (!(node instanceof Scalar scalar)
                || !scalar.plain()
                || !Pattern.matches("-?[0-9]{1,18}", scalar.text())) {
            return false;
        }
        long number = Long.parseLong(scalar.text());
        return number >= whole.min() && number <= whole.max();
    }

    private void section(String what, Mapping mapping, Section section) {
        for (Entry entry : mapping.entries()) {
            section.field(entry.name())
                    .ifPresentOrElse(
                            field -> check(field.key(), entry.value(), field.shape()),
                            () -> unknown(what, entry, section));
        }
        for (Field field : section.fields()) {
            boolean given = mapping.entry(field.key()).isPresent();
            if (field.required() && !given) {
                report(
                        mapping.place(),
                        "%s needs %s: %s".formatted(what, field.key(), field.doc()));
            }
            if (given && !field.with().isEmpty() && mapping.entry(field.with()).isEmpty()) {
                report(
                        mapping.place(),
                        "%s: %s goes only with %s".formatted(what, field.key(), field.with()));
            }
        }
        long chosen = section.choice().stream().filter(k -> mapping.entry(k).isPresent()).count();
        if (!section.choice().isEmpty() && chosen != 1) {
            report(
                    mapping.place(),
                    "%s needs exactly one of %s"
                            .formatted(what, String.join(", ", section.choice())));
        }
    }

    private void unknown(String what, Entry entry, Section section) {
        report(
                entry.key().place(),
                "unknown key '%s' in %s%s"
                        .formatted(
                                shorten(entry.name()),
                                what,
                                Nearest.hint(shorten(entry.name()), section.keys())));
    }

    private void named(Mapping mapping, Named named) {
        for (Entry entry : mapping.entries()) {
            if (!Pattern.matches(named.key().pattern(), entry.name())) {
                report(
                        entry.key().place(),
                        "'%s' must be %s".formatted(shorten(entry.name()), named.key().wanted()));
            }
            check(entry.name(), entry.value(), named.value());
        }
    }

    private void listing(String what, Sequence sequence, Listing listing) {
        if (sequence.items().size() < listing.min()) {
            report(sequence.place(), what + " can't be empty");
        }
        for (Node item : sequence.items()) {
            check("an item of " + what, item, listing.item());
        }
    }

    private void either(String what, Node node, Either either) {
        for (Shape shape : List.of(either.first(), either.second())) {
            boolean[] failed = {false};
            new Validation(_ -> failed[0] = true).check(what, node, shape);
            if (!failed[0]) {
                return;
            }
        }
        either(node, either)
                .ifPresentOrElse(
                        meant -> check(what, node, meant),
                        () -> wrong(what, node, either.wanted()));
    }

    /// The one of several that is meant, where the form tells: then what is wrong inside can be told.
    private static Optional<Shape> either(Node node, Either either) {
        if (either.second() instanceof Either more) {
            return either(node, more)
                    .or(() -> Optional.of(either.first()).filter(one -> isOfForm(node, one)));
        }
        return Optional.of(either.second()).filter(one -> isOfForm(node, one));
    }

    private static boolean isOfForm(Node node, Shape shape) {
        return (node instanceof Sequence && shape instanceof Listing)
                || (node instanceof Mapping && shape instanceof Section);
    }

    private void wrong(String what, Node node, String wanted) {
        String is =
                switch (node) {
                    case Scalar scalar when scalar.isEmpty() -> "has no value";
                    case Scalar _ when mayBeSecret(wanted) -> "is other text";
                    case Scalar scalar -> "is " + (scalar.plain() ? "" : "quoted ") + shown(scalar);
                    case Sequence _ -> "is a list";
                    case Mapping _ -> "is a mapping";
                };
        report(node.place(), "%s must be %s, %s".formatted(what, wanted, is));
    }

    /// Whoever puts a secret where a reference belongs must not find it in the log.
    private static boolean mayBeSecret(String wanted) {
        return wanted.startsWith("a mapping")
                || wanted.equals(Kind.VARIABLE.wanted())
                || wanted.equals(Kind.DATABASE.wanted());
    }

    private static String shown(Scalar scalar) {
        return "'" + shorten(scalar.text()) + "'";
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "…";
    }

    private void report(Place place, String message) {
        problems.accept(new Problem(place, message));
    }
}
