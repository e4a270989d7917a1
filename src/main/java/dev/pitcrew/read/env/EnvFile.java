package dev.pitcrew.read.env;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.read.survey.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads `NAME=value` lines; what else stands in the file is passed over.
public final class EnvFile {
    private static final int SETTINGS_MAX = 5000;
    private static final int LINE_MAX = 20_000;
    private static final Pattern LINE =
            Pattern.compile("^(\\s*(?:export\\s+)?)([A-Za-z_][A-Za-z0-9_.-]*)(\\s*[=:]\\s*)(.*)$");

    private EnvFile() {}

    /// The settings of a file, in order.
    public static List<Setting> read(SourceFile file) {
        var settings = new ArrayList<Setting>();
        for (int number = 1; number <= file.lines() && settings.size() < SETTINGS_MAX; number++) {
            String line = file.line(number);
            if (line.length() > LINE_MAX || line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            var match = LINE.matcher(line);
            if (match.matches()) {
                settings.add(
                        new Setting(
                                "env",
                                match.group(2),
                                file.place(number, match.start(2) + 1),
                                new Located<>(
                                        value(match.group(4)),
                                        file.place(number, match.start(4) + 1))));
            }
        }
        return settings;
    }

    private static String value(String text) {
        String bare = text.strip();
        if (!bare.isEmpty() && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')) {
            int end = bare.indexOf(bare.charAt(0), 1);
            return end < 0 ? bare.substring(1) : bare.substring(1, end);
        }
        int comment = bare.indexOf(" #");
        return (comment < 0 ? bare : bare.substring(0, comment)).strip();
    }
}
