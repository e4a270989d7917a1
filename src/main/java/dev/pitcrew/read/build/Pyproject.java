package dev.pitcrew.read.build;

import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.model.infra.Dependency.Pinning;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// pyproject.toml, as far as it says what a project depends on: the standard's list, and Poetry's table. TOML proper isn't read.
public final class Pyproject implements Format {
    private static final Pattern TEXT = Pattern.compile("[\"']([^\"']{1,300})[\"']");
    private static final Pattern ENTRY =
            Pattern.compile("\\s*\"?([A-Za-z0-9][A-Za-z0-9._-]{0,100})\"?\\s*=\\s*(.{1,300})");
    private static final Pattern VERSION = Pattern.compile("version\\s*=\\s*[\"']([^\"']{0,100})");

    @Override
    public String name() {
        return "pyproject";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().equals("pyproject.toml");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            read(file, LockFiles.pinPython(file, sources), found);
        }
    }

    private void read(SourceFile file, boolean locked, Found found) {
        String table = "";
        boolean list = false;
        for (int number = 1; number <= file.lines(); number++) {
            String line = file.line(number);
            String bare = line.strip();
            if (line.length() > 2000 || bare.startsWith("#")) {
                continue;
            }
            if (!list && bare.startsWith("[") && bare.endsWith("]")) {
                table = bare.replaceAll("[\\[\\]\\s]", "");
            } else if (table.equals("project") && bare.matches("dependencies\\s*=\\s*\\[.*")) {
                list = !closes(bare.substring(bare.indexOf('[') + 1));
                strings(file, number, line.indexOf('[') + 1, locked, found);
            } else if (list) {
                strings(file, number, 0, locked, found);
                list = !closes(bare);
            } else if (table.equals("tool.poetry.dependencies")) {
                entry(file, number, locked, found);
            }
        }
    }

    private static boolean closes(String text) {
        return TEXT.matcher(text).replaceAll("").contains("]");
    }

    private void strings(SourceFile file, int number, int from, boolean locked, Found found) {
        Matcher text = TEXT.matcher(file.line(number));
        int at = from;
        while (at <= file.line(number).length() && text.find(at)) {
            at = text.end();
            int column = text.start(1) + 1;
            PythonRequirement.of(text.group(1))
                    .ifPresent(
                            one ->
                                    found.fact(
                                            new Dependency(
                                                    name(),
                                                    file.place(number, column),
                                                    one.name(),
                                                    one.version(),
                                                    locked ? Pinning.EXACT : one.pinning())));
        }
    }

    private void entry(SourceFile file, int number, boolean locked, Found found) {
        var entry = ENTRY.matcher(file.line(number));
        if (!entry.matches() || entry.group(1).equals("python")) {
            return;
        }
        String value = entry.group(2);
        var version = VERSION.matcher(value);
        var text = TEXT.matcher(value);
        String said = version.find() ? version.group(1) : text.find() ? text.group(1) : "";
        var pinning =
                locked || said.matches("=?=?\\s*[0-9][0-9A-Za-z.]*") || value.contains("rev")
                        ? Pinning.EXACT
                        : said.isEmpty() || said.equals("*") ? Pinning.NONE : Pinning.RANGE;
        String format = name();
        found.fact(
                new Dependency(
                        format,
                        file.place(number, entry.start(1) + 1),
                        PythonRequirement.normal(entry.group(1)),
                        said,
                        pinning));
    }
}
