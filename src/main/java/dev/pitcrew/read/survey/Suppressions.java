package dev.pitcrew.read.survey;

import dev.pitcrew.model.infra.Suppression;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the wishes in comments not to be told of a check.
final class Suppressions {
    private static final Pattern WISH =
            Pattern.compile(
                    "(?:#|--|//|<!--)\\s*pitcrew:\\s*(ignore|ignore-file)\\s+([A-Z0-9]{2,4}-[0-9]{3})"
                            + "(?:\\s+until\\s+([0-9-]{1,10}))?(?:\\s+because\\s+(.{1,300}?))?\\s*(?:-->)?$");

    private Suppressions() {}

    static List<Suppression> in(SourceFile file) {
        if (!file.text().contains("pitcrew:")) {
            return List.of();
        }
        var found = new ArrayList<Suppression>();
        for (int number = 1; number <= file.lines(); number++) {
            String line = file.line(number);
            int word = line.length() > 2000 ? -1 : line.indexOf("pitcrew:");
            if (word < 0) {
                continue;
            }
            var wish = WISH.matcher(line);
            if (wish.find()) {
                boolean alone = line.substring(0, wish.start()).isBlank();
                String reason = wish.group(4);
                found.add(
                        new Suppression(
                                file.place(number, wish.start() + 1),
                                wish.group(2),
                                wish.group(1).equals("ignore-file"),
                                alone ? number + 1 : number,
                                day(wish.group(3)),
                                reason == null ? "" : reason));
            }
        }
        return found;
    }

    private static Optional<LocalDate> day(@org.jspecify.annotations.Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeException _) {
            return Optional.of(LocalDate.MIN); // a day that is none has passed
        }
    }
}
