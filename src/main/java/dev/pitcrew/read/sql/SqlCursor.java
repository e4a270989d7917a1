package dev.pitcrew.read.sql;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.SchemaChange.Column;
import dev.pitcrew.read.sql.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/// A place in the tokens of a statement, and what is read from there on.
final class SqlCursor {
    private final List<Token> tokens;
    private final IntFunction<Place> places;
    private int at;

    /// @param places where the character of an offset stands
    SqlCursor(List<Token> tokens, IntFunction<Place> places) {
        this.tokens = tokens;
        this.places = places;
    }

    boolean hasNext() {
        return at < tokens.size();
    }

    int at() {
        return at;
    }

    Token next() {
        return tokens.get(at);
    }

    void skip(int count) {
        at += count;
    }

    /// From here to the end.
    List<Token> rest() {
        return tokens.subList(Math.min(at, tokens.size()), tokens.size());
    }

    /// Where a token stands; the last one for any behind it.
    Place place(int index) {
        return places.apply(tokens.get(Math.min(index, tokens.size() - 1)).at());
    }

    /// A column by its name alone.
    Optional<Column> bare() {
        if (at >= tokens.size() || !tokens.get(at).isName()) {
            return Optional.empty();
        }
        Token token = tokens.get(at);
        at++;
        return Optional.of(
                new Column(
                        token.text().toLowerCase(Locale.ROOT),
                        places.apply(token.at()),
                        "",
                        false,
                        ""));
    }

    /// What commas part, outside of parentheses.
    ///
    /// @param isInside whether it ends at a closing parenthesis
    List<List<Token>> parts(boolean isInside) {
        var parts = new ArrayList<List<Token>>();
        var part = new ArrayList<Token>();
        int depth = 0;
        for (int i = at; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is(")") && depth == 0 && isInside) {
                break;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (token.is(",") && depth == 0) {
                parts.add(part);
                part = new ArrayList<>();
            } else {
                part.add(token);
            }
        }
        parts.add(part);
        return parts;
    }

    void ifExists() {
        if (take("if")) {
            take("not");
            take("exists");
        }
    }

    /// A name without its schema.
    Optional<String> name() {
        String name = "";
        while (at < tokens.size() && tokens.get(at).isName()) {
            name = tokens.get(at).text().toLowerCase(Locale.ROOT);
            at++;
            if (!take(".")) {
                break;
            }
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    boolean peek(String word) {
        return at < tokens.size() && tokens.get(at).is(word);
    }

    /// Goes past a word, if it is the next one.
    boolean take(String word) {
        boolean isNext = peek(word);
        at += isNext ? 1 : 0;
        return isNext;
    }
}
