package dev.pitcrew.app.harden;

import dev.pitcrew.assess.fix.Fix.Reach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A hardening as the message of a commit: what it mends, what that changes at run time, and what of it could change what trades.
public final class Message {
    private static final int WIDTH = 72;

    private Message() {}

    /// A subject of at most 72 characters, an empty line, and a paragraph a check; empty when nothing is mended.
    public static String of(Hardening hardening) {
        if (hardening.mended().isEmpty()) {
            return "";
        }
        Map<String, List<Mended>> byCheck = new LinkedHashMap<>();
        hardening
                .mended()
                .forEach(
                        one ->
                                byCheck.computeIfAbsent(
                                                one.finding().check().code(),
                                                _ -> new ArrayList<>())
                                        .add(one));
        var text = new StringBuilder(subject(byCheck)).append('\n');
        byCheck.forEach(
                (code, all) -> {
                    var check = all.getFirst().finding().check();
                    text.append('\n').append(wrapped(code + " " + check.summary() + ":", ""));
                    all.stream()
                            .map(one -> one.finding().place().file() + ": " + effect(one))
                            .distinct()
                            .forEach(line -> text.append(wrapped("- " + line, "  ")));
                });
        text.append("\nFound and proven on a copy by `pitcrew harden`.\n");
        return text.toString();
    }

    private static String effect(Mended one) {
        return (one.fix().reach() == Reach.BEHAVIOUR ? "(could change what trades) " : "")
                + one.fix().effect();
    }

    private static String subject(Map<String, List<Mended>> byCheck) {
        String all = "Mend " + String.join(", ", byCheck.keySet());
        int count = byCheck.values().stream().mapToInt(List::size).sum();
        return all.length() <= WIDTH
                ? all
                : "Mend %d findings of %d checks".formatted(count, byCheck.size());
    }

    private static String wrapped(String text, String indentation) {
        var lines = new StringBuilder();
        var line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                lines.append(line).append('\n');
                line.setLength(0);
                line.append(indentation).append(word);
            } else {
                line.append(line.isEmpty() || line.toString().equals(indentation) ? "" : " ")
                        .append(word);
            }
        }
        return lines.append(line).append('\n').toString();
    }
}
