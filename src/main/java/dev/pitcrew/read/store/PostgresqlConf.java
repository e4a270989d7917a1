package dev.pitcrew.read.store;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Settings of PostgreSQL: postgresql.conf, and files beside it that hold some of its lines. Of a key that is set twice the last counts.
public final class PostgresqlConf implements Format {
    private static final Pattern LINE =
            Pattern.compile(
                    "^[ \\t]*([A-Za-z_][A-Za-z0-9_.]{1,80})[ \\t]*(?:=[ \\t]*|[ \\t]+)('(?:[^'\\n]|'')*'|[^\\s#']+)?");
    private static final Pattern KNOWN =
            Pattern.compile(
                    "(?m)^[ \\t]*(shared_buffers|wal_level|fsync|full_page_writes|synchronous_commit|max_wal_size|checkpoint_timeout|archive_mode|listen_addresses|work_mem|effective_cache_size|max_connections)[ \\t]*=");

    @Override
    public String name() {
        return "postgresql.conf";
    }

    @Override
    public boolean claims(SourceFile file) {
        String path = file.path().toLowerCase(Locale.ROOT);
        return path.endsWith(".conf")
                && !file.name().matches("(pg_hba|pg_ident|pgbouncer).*")
                && path.matches(".*(postgres|timescale|pgsql|pg)[^.]*.*")
                && KNOWN.matcher(file.text()).find();
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            var settings = new LinkedHashMap<String, StoreSetting>();
            for (int number = 1; number <= file.lines(); number++) {
                String line = file.line(number);
                if (line.length() > 2000) {
                    continue;
                }
                var match = LINE.matcher(line);
                if (match.find()) {
                    String key = match.group(1).toLowerCase(Locale.ROOT);
                    String text = match.group(2) == null ? "" : match.group(2);
                    int column = match.group(2) == null ? match.end() : match.start(2);
                    var value =
                            new Located<>(
                                    text.replaceAll("^'(.*)'$", "$1"),
                                    file.place(number, column + 1));
                    settings.put(
                            key,
                            new StoreSetting(
                                    name(),
                                    StoreKind.POSTGRESQL,
                                    key,
                                    file.place(number, match.start(1) + 1),
                                    value,
                                    Optional.empty()));
                }
            }
            settings.values().forEach(found::fact);
        }
    }
}
