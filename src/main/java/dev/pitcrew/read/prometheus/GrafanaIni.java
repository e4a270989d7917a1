package dev.pitcrew.read.prometheus;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.ConsoleSetting;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Settings of a Grafana: grafana.ini, or another `.ini` with its name.
public final class GrafanaIni implements Format {
    private static final Pattern SECTION = Pattern.compile("^\\s*\\[([\\w.-]{1,60})\\]\\s*$");
    private static final Pattern LINE =
            Pattern.compile(
                    "^\\s*(\\w{1,60})\\s*=\\s*(.*?)\\s*$"); // no comment after a value there

    @Override
    public String name() {
        return "grafana.ini";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().endsWith(".ini") && file.name().contains("grafana");
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            String section = "";
            for (int number = 1; number <= file.lines(); number++) {
                String line = file.line(number);
                if (line.length() > 2000) {
                    continue;
                }
                var head = SECTION.matcher(line);
                var match = LINE.matcher(line);
                if (head.matches()) {
                    section = head.group(1).toLowerCase(Locale.ROOT);
                } else if (match.matches()) {
                    found.fact(
                            new ConsoleSetting(
                                    name(),
                                    file.place(number, match.start(1) + 1),
                                    section,
                                    match.group(1).toLowerCase(Locale.ROOT),
                                    new Located<>(
                                            match.group(2).replaceAll("^(['\"`])(.*)\\1$", "$2"),
                                            file.place(number, match.start(2) + 1))));
                }
            }
        }
    }
}
