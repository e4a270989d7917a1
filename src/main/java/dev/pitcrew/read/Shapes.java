package dev.pitcrew.read;

import dev.pitcrew.model.Words;
import dev.pitcrew.read.Shape.Field;
import dev.pitcrew.read.Shape.Listing;
import dev.pitcrew.read.Shape.OneWord;
import dev.pitcrew.read.Shape.Section;
import dev.pitcrew.read.Shape.Value;
import java.util.ArrayList;
import java.util.List;

/// The shapes that several declarations use.
final class Shapes {
    static final Shape TEXT = new Value(Kind.TEXT);
    static final Shape TEXTS = new Listing(TEXT, 0);
    static final Shape COMMAND = new Listing(TEXT, 1);
    static final Shape NAMES = new Listing(new Value(Kind.NAME), 0);
    static final Shape DURATION = new Value(Kind.DURATION);
    static final Shape POSITIVE = new Value(Kind.POSITIVE);

    private Shapes() {}

    static Section section(String name, Field... fields) {
        return new Section(name, List.of(fields), List.of());
    }

    static OneWord words(Enum<?>[] constants) {
        var words = new ArrayList<String>();
        for (Enum<?> constant : constants) {
            words.add(Words.of(constant));
        }
        return new OneWord(words);
    }
}
