package dev.pitcrew.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text with variables such as `${port.http}`, filled in when a process starts. There is no escape: `$` without a
/// brace stands for itself.
///
/// @param text as the file has it
public record Template(String text) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    /// The names of its variables, in order, such as `port.http`.
    public List<String> variables() {
        var names = new ArrayList<String>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return List.copyOf(names);
    }

    /// The text with each variable replaced. What a value contains is not filled in again.
    ///
    /// @param valueOf the value of a variable by name; it throws for one it doesn't know
    public String fill(Function<String, String> valueOf) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(valueOf.apply(found.group(1))));
    }

    @Override
    public String toString() {
        return text;
    }
}
