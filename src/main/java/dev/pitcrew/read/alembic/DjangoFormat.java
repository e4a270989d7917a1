package dev.pitcrew.read.alembic;

import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.Migration.Dialect;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Migrations of Django, in the order of their numbers; each app is a series.
///
/// @see <a href="https://docs.djangoproject.com/en/stable/ref/migration-operations/">migration operations</a>
public final class DjangoFormat implements Format {
    private static final Pattern PATH =
            Pattern.compile("(.*/)?migrations/[0-9]{4}_[A-Za-z0-9_]+\\.py");
    private static final Pattern BACKEND =
            Pattern.compile("django\\.db\\.backends\\.(postgresql|mysql|sqlite3|oracle)");

    @Override
    public String name() {
        return "django";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.path().endsWith(".py")
                && PATH.matcher(file.path()).matches()
                && file.text().contains("migrations.Migration");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var series = new TreeMap<String, List<SourceFile>>();
        for (SourceFile file : files) {
            series.computeIfAbsent(file.folder(), _ -> new ArrayList<>()).add(file);
        }
        if (series.isEmpty()) {
            return;
        }
        Dialect dialect = dialect(sources);
        series.forEach(
                (folder, all) -> {
                    String app = folder.replaceFirst("/?migrations$", "").replaceFirst(".*/", "");
                    for (int i = 0; i < all.size(); i++) {
                        SourceFile file = all.get(i);
                        found.fact(
                                new Migration(
                                        name(),
                                        file.place(1, 1),
                                        folder,
                                        i,
                                        all.size() - 1 - i,
                                        dialect,
                                        DjangoOperations.of(
                                                PythonTokens.of(file.text()),
                                                app.toLowerCase(Locale.ROOT),
                                                file::place)));
                    }
                });
    }

    /// As the settings say; those for tests may name another one, so that the first that is no SQLite counts.
    private static Dialect dialect(Sources sources) {
        Dialect dialect = Dialect.UNKNOWN;
        for (SourceFile file : sources.all()) {
            var backend = BACKEND.matcher(file.path().contains("settings") ? file.text() : "");
            while (backend.find()) {
                switch (backend.group(1)) {
                    case "postgresql" -> {
                        return Dialect.POSTGRESQL;
                    }
                    case "mysql" -> {
                        return Dialect.MYSQL;
                    }
                    case "sqlite3" -> dialect = Dialect.SQLITE;
                    default -> dialect = Dialect.OTHER;
                }
            }
        }
        return dialect;
    }
}
