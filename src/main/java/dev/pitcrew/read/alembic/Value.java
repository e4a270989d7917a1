package dev.pitcrew.read.alembic;

import dev.pitcrew.read.alembic.PythonTokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands in a call, as far as it can be told without running it.
sealed interface Value {
    int DEPTH_MAX = 40;

    /// @param inner where its text begins
    record Text(String text, int at, int inner) implements Value {}

    /// A name or number, as it is written.
    record Word(String text) implements Value {}

    /// @param name without the module that it comes from
    record Call(String name, int at, List<Value> arguments, Map<String, Value> named)
            implements Value {
        /// The text at a position, or of a name.
        Optional<Text> text(int position, String name) {
            return any(position, name).filter(Text.class::isInstance).map(Text.class::cast);
        }

        Optional<Value> any(int position, String name) {
            return position < arguments.size()
                    ? Optional.of(arguments.get(position))
                    : Optional.ofNullable(named.get(name));
        }

        boolean isTrue(String name) {
            return named.get(name) instanceof Word word && word.text().equals("True");
        }

        boolean isFalse(String name) {
            return named.get(name) instanceof Word word && word.text().equals("False");
        }
    }

    record Items(List<Value> items) implements Value {}

    /// Anything else.
    record Other() implements Value {}

    /// Reads the call whose name stands at a token.
    ///
    /// @return the call, and the index after it
    static Read call(List<Token> tokens, int at, int depth) {
        Token name = tokens.get(at);
        var arguments = new ArrayList<Value>();
        var named = new HashMap<String, Value>();
        int i = at + 2;
        while (i < tokens.size() && !tokens.get(i).is(")")) {
            boolean isNamed =
                    tokens.get(i).kind() == 'n'
                            && i + 1 < tokens.size()
                            && tokens.get(i + 1).is("=");
            String key = isNamed ? tokens.get(i).text() : "";
            var read = value(tokens, isNamed ? i + 2 : i, depth + 1);
            if (isNamed) {
                named.putIfAbsent(key, read.value());
            } else {
                arguments.add(read.value());
            }
            i = Math.max(read.next(), i + 1);
            if (i < tokens.size() && tokens.get(i).is(",")) {
                i++;
            }
        }
        String last = name.text().substring(name.text().lastIndexOf('.') + 1);
        return new Read(new Call(last, name.at(), arguments, named), i + 1);
    }

    /// @param next the index of the token after it
    record Read(Value value, int next) {}

    private static Read value(List<Token> tokens, int at, int depth) {
        if (at >= tokens.size() || depth > DEPTH_MAX) {
            return new Read(new Other(), skipped(tokens, at));
        }
        Token first = tokens.get(at);
        boolean isCall =
                first.kind() == 'n' && at + 1 < tokens.size() && tokens.get(at + 1).is("(");
        Read read;
        if (isCall) {
            read = call(tokens, at, depth);
        } else if (first.kind() == '\'') {
            read = text(tokens, at);
        } else if (first.kind() == 'n' || first.kind() == '0') {
            read = new Read(new Word(first.text()), at + 1);
        } else if (first.is("[") || first.is("(")) {
            read = items(tokens, at, depth);
        } else {
            return new Read(new Other(), skipped(tokens, at));
        }
        boolean isWhole =
                read.next() >= tokens.size()
                        || tokens.get(read.next()).is(",")
                        || tokens.get(read.next()).is(")")
                        || tokens.get(read.next()).is("]");
        return isWhole ? read : new Read(new Other(), skipped(tokens, read.next()));
    }

    /// Strings that follow each other are one.
    private static Read text(List<Token> tokens, int at) {
        var text = new StringBuilder();
        int i = at;
        while (i < tokens.size() && tokens.get(i).kind() == '\'') {
            text.append(tokens.get(i).text());
            i++;
        }
        return new Read(new Text(text.toString(), tokens.get(at).at(), tokens.get(at).inner()), i);
    }

    private static Read items(List<Token> tokens, int at, int depth) {
        var items = new ArrayList<Value>();
        int i = at + 1;
        while (i < tokens.size() && !tokens.get(i).is("]") && !tokens.get(i).is(")")) {
            var read = value(tokens, i, depth + 1);
            items.add(read.value());
            i = Math.max(read.next(), i + 1);
            if (i < tokens.size() && tokens.get(i).is(",")) {
                i++;
            }
        }
        return new Read(new Items(items), i + 1);
    }

    /// The index of the comma or closing bracket that ends what begins here.
    private static int skipped(List<Token> tokens, int at) {
        int open = 0;
        int i = at;
        while (i < tokens.size()) {
            Token one = tokens.get(i);
            boolean opens = one.is("(") || one.is("[") || one.is("{");
            boolean closes = one.is(")") || one.is("]") || one.is("}");
            if (open == 0 && (closes || one.is(","))) {
                return i;
            }
            open += opens ? 1 : closes ? -1 : 0;
            i++;
        }
        return i;
    }
}
