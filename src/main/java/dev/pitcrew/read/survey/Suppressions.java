package dev.pitcrew.read.survey;

import dev.pitcrew.model.infra.Suppression;
import dev.pitcrew.read.yaml.Node;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the wishes in comments not to be told of a check.
final class Suppressions {
    private static final Pattern WISH =
            Pattern.compile(
                    "(?:#|--|//|<!--)\\s*pitcrew:\\s*(ignore|ignore-file)\\s+([A-Z0-9]{2,4}-[0-9]{3})"
                            + "(?:\\s+until\\s+([0-9-]{1,10}))?(?:\\s+because\\s+(.{1,300}?))?\\s*(?:-->)?$");

    private Suppressions() {}

    static List<Suppression> in(SourceFile file) {
        if (!file.text().contains("pitcrew:") && !file.name().equals("pitcrew.yaml")) {
            return List.of();
        }
        var found = new ArrayList<Suppression>();
        if (file.name().equals("pitcrew.yaml")) {
            found.addAll(inSystemFile(file));
        }
        for (int number = 1; number <= file.lines(); number++) {
            String line = file.line(number);
            int word = line.length() > 2000 ? -1 : line.indexOf("pitcrew:");
            if (word < 0) {
                continue;
            }
            var wish = WISH.matcher(line);
            boolean isCode = file.name().endsWith(".java") || file.name().endsWith(".go");
            if (wish.find() && (!isCode || line.startsWith("//", wish.start()))) {
                boolean alone = line.substring(0, wish.start()).isBlank();
                String reason = wish.group(4);
                found.add(
                        new Suppression(
                                file.place(number, wish.start() + 1),
                                wish.group(2),
                                file.path(),
                                wish.group(1).equals("ignore-file")
                                        ? OptionalInt.empty()
                                        : OptionalInt.of(alone ? number + 1 : number),
                                day(wish.group(3)),
                                reason == null ? "" : reason));
            }
        }
        return found;
    }

    private static List<Suppression> inSystemFile(SourceFile file) {
        var wishes = file.document().root().flatMap(root -> root.at("assess", "ignore"));
        return wishes.orElse(null) instanceof Node.Sequence list
                ? list.items().stream()
                        .map(
                                wish ->
                                        new Suppression(
                                                wish.place(),
                                                text(wish, "check"),
                                                inside(file.folder(), text(wish, "path")),
                                                OptionalInt.empty(),
                                                wish.scalarAt("until")
                                                        .flatMap(day -> day(day.text())),
                                                text(wish, "because")))
                        .toList()
                : List.of();
    }

    /// A path of a system file is relative to the folder that the file lies in.
    private static String inside(String folder, String path) {
        return folder.isEmpty() ? path : folder + "/" + path;
    }

    private static String text(Node wish, String key) {
        return wish.scalarAt(key).map(Node.Scalar::text).orElse("");
    }

    private static Optional<LocalDate> day(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeException _) {
            return Optional.of(LocalDate.MIN); // a day that is none has passed
        }
    }
}
