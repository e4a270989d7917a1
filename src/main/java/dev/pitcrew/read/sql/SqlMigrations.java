package dev.pitcrew.read.sql;

import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.Migration.Dialect;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// SQL files that change or create a schema, in the orders of the usual tools: numbered files, Flyway, goose, dbmate, golang-migrate, Prisma, Diesel. What undoes a change is left out.
public final class SqlMigrations implements Format {
    private static final Pattern DOWN =
            Pattern.compile(
                    "(?im)^[ \\t]*--[ \\t]*(\\+goose down|\\+migrate down|\\+micrate down|migrate:down|//@undo|rollback:?[ \\t]*$|down migration).*$");
    private static final Pattern UP =
            Pattern.compile("(?im)^[ \\t]*--[ \\t]*(\\+goose up|\\+migrate up|migrate:up).*$");
    private static final Pattern CHANGES =
            Pattern.compile(
                    "(?i)\\b(create\\s+([a-z]+\\s+)?table|alter\\s+table|create\\s+(unique\\s+)?index|drop\\s+table|delete\\s+from|add_retention_policy)\\b");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().endsWith(".sql")
                && !file.name()
                        .matches(
                                "(?i)(.*\\.)?down\\.sql|U[0-9].*__.*|.*(rollback|revert|undo)[^/]*")
                && !file.folder().matches("(?i)(.*/)?(down|rollbacks?|undo|seeds?|queries)(/.*)?")
                && CHANGES.matcher(file.text()).find();
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var series = new TreeMap<String, List<SourceFile>>();
        for (SourceFile file : files) {
            series.computeIfAbsent(series(file), _ -> new ArrayList<>()).add(file);
        }
        series.forEach((name, all) -> read(name, all, found));
    }

    private static String series(SourceFile file) {
        if (isNestedInFolder(file)) {
            int slash = file.folder().lastIndexOf('/');
            return slash < 0 ? "" : file.folder().substring(0, slash);
        }
        boolean isNumbered = file.name().matches("(?i)[vr]?[0-9].*|r__.*");
        boolean isMigration =
                file.folder()
                        .matches("(?i)(.*/)?([a-z_-]*migrations?|migrate|versions|flyway)(/.*)?");
        return isNumbered || isMigration ? file.folder() : file.path();
    }

    private static boolean isNestedInFolder(SourceFile file) {
        return file.name().matches("up\\.sql|migration\\.sql");
    }

    private static void read(String name, List<SourceFile> files, Found found) {
        files.sort(Comparator.comparing(SqlMigrations::key, SqlMigrations::compareNaturally));
        Dialect dialect =
                files.stream()
                        .map(one -> Dialects.of(one.text()))
                        .filter(one -> one != Dialect.UNKNOWN)
                        .findFirst()
                        .orElse(Dialect.UNKNOWN);
        for (int i = 0; i < files.size(); i++) {
            SourceFile file = files.get(i);
            found.fact(
                    new Migration(
                            "sql",
                            file.place(1, 1),
                            name,
                            i,
                            files.size() - 1 - i,
                            dialect,
                            SqlChanges.of(up(file.text()), file::place)));
        }
    }

    private static String key(SourceFile file) {
        String name =
                isNestedInFolder(file)
                        ? file.folder().substring(file.folder().lastIndexOf('/') + 1)
                        : file.name();
        return name.toLowerCase(Locale.ROOT)
                .replaceFirst("^v(?=[0-9])", "")
                .replaceFirst("^r__", "~");
    }

    /// Numbers count as numbers: 10 comes after 9.
    private static int compareNaturally(String one, String other) {
        var left = NUMBER.matcher(one);
        var right = NUMBER.matcher(other);
        boolean isNumbered = left.lookingAt() && right.lookingAt();
        int first =
                isNumbered
                        ? new BigInteger(
                                        left.group()
                                                .substring(0, Math.min(40, left.group().length())))
                                .compareTo(
                                        new BigInteger(
                                                right.group()
                                                        .substring(
                                                                0,
                                                                Math.min(
                                                                        40,
                                                                        right.group().length()))))
                        : 0;
        return first != 0 ? first : one.compareTo(other);
    }

    /// The text with blanks in the place of what undoes it.
    private static String up(String text) {
        var down = DOWN.matcher(text);
        var kept = new StringBuilder(text);
        int from = 0;
        while (down.find(from)) {
            var next = UP.matcher(text);
            int end = next.find(down.end()) ? next.start() : text.length();
            for (int i = down.start(); i < end; i++) {
                if (kept.charAt(i) != '\n') {
                    kept.setCharAt(i, ' ');
                }
            }
            from = end;
            if (from >= text.length()) {
                break;
            }
        }
        return kept.toString();
    }
}
