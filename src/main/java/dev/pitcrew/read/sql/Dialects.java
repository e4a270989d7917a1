package dev.pitcrew.read.sql;

import dev.pitcrew.model.infra.Migration.Dialect;
import java.util.regex.Pattern;

/// Tells whose SQL a text is, by words that only one knows.
public final class Dialects {
    private static final Pattern OTHER =
            Pattern.compile(
                    "(?i)\\b(mergetree|nvarchar|uniqueidentifier|varchar2|getdate\\(\\)|symbol\\s+capacity|designated\\s+timestamp)\\b");
    private static final Pattern MYSQL =
            Pattern.compile(
                    "(?i)\\b(engine\\s*=\\s*innodb|auto_increment|utf8mb4|unsigned)\\b|`[a-z_]+`");
    private static final Pattern SQLITE =
            Pattern.compile("(?i)\\b(autoincrement|pragma\\s+\\w+|without\\s+rowid|strftime)\\b");
    private static final Pattern POSTGRESQL =
            Pattern.compile(
                    "(?i)\\b(bigserial|serial|timestamptz|jsonb|plpgsql|gen_random_uuid|uuid_generate_v4|concurrently|create_hypertable|add_retention_policy|bytea|create\\s+extension|with\\s+time\\s+zone|double\\s+precision|postgresql)\\b|\\$\\$|::[a-z]");

    private Dialects() {}

    /// The dialect of a text, if a word tells it.
    public static Dialect of(String text) {
        if (OTHER.matcher(text).find()) {
            return Dialect.OTHER;
        }
        if (POSTGRESQL.matcher(text).find()) {
            return Dialect.POSTGRESQL;
        }
        if (MYSQL.matcher(text).find()) {
            return Dialect.MYSQL;
        }
        return SQLITE.matcher(text).find() ? Dialect.SQLITE : Dialect.UNKNOWN;
    }
}
