package dev.pitcrew.read.docker;

import dev.pitcrew.model.infra.ImageBuild.Instruction;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts values in for `$NAME`, `${NAME}`, `${NAME:-default}`, where they are known.
final class Arguments {
    private static final Pattern USE =
            Pattern.compile(
                    "\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^{}]{0,500}))?})");
    private static final Set<String> FILLED =
            Set.of("USER", "EXPOSE", "WORKDIR", "COPY", "ADD", "STOPSIGNAL");
    private static final int LENGTH_MAX = 2_000;

    private Arguments() {}

    static String filled(String text, Map<String, String> known) {
        if (text.indexOf('$') < 0 || text.length() > LENGTH_MAX) {
            return text;
        }
        String filled =
                USE.matcher(text)
                        .replaceAll(
                                use -> {
                                    String name =
                                            use.group(1) == null ? use.group(2) : use.group(1);
                                    String value = known.get(name);
                                    String other = use.group(3);
                                    return Matcher.quoteReplacement(
                                            value != null && !value.isEmpty()
                                                    ? value
                                                    : other != null ? other : use.group());
                                });
        return filled.length() > LENGTH_MAX ? text : filled; // values of values could grow
    }

    static Instruction fill(Instruction one, Map<String, String> known) {
        return FILLED.contains(one.kind())
                ? new Instruction(
                        one.place(),
                        one.kind(),
                        one.flags(),
                        one.words().stream()
                                .map(word -> word.as(filled(word.value(), known)))
                                .toList(),
                        one.isExec(),
                        one.commands())
                : one;
    }
}
