package dev.pitcrew.read.store;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.StoreSetting.StoreKind;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Settings of Redis and what is compatible with it. A key may stand several times, such as `save`.
public final class RedisConf implements Format {
    private static final Pattern LINE =
            Pattern.compile("^[ \\t]*([A-Za-z][A-Za-z0-9-]{1,60})(?:[ \\t]+(.*))?$");
    private static final Pattern KNOWN =
            Pattern.compile(
                    "(?m)^[ \\t]*(appendonly|appendfsync|maxmemory|maxmemory-policy|save|dbfilename|requirepass|tcp-keepalive|databases)[ \\t]+");

    @Override
    public String name() {
        return "redis.conf";
    }

    @Override
    public boolean claims(SourceFile file) {
        String path = file.path().toLowerCase(Locale.ROOT);
        return path.endsWith(".conf")
                && path.matches(".*(redis|valkey|keydb).*")
                && KNOWN.matcher(file.text()).find()
                && !file.text().contains("sentinel monitor");
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            for (int number = 1; number <= file.lines(); number++) {
                String line = file.line(number);
                var match = LINE.matcher(line);
                if (line.length() > 2000 || !match.matches()) {
                    continue;
                }
                String value = match.group(2) == null ? "" : match.group(2).strip();
                int column = match.group(2) == null ? match.end(1) : match.start(2);
                found.fact(
                        new StoreSetting(
                                name(),
                                StoreKind.REDIS,
                                match.group(1).toLowerCase(Locale.ROOT),
                                file.place(number, match.start(1) + 1),
                                new Located<>(
                                        value.replaceAll("^(['\"])(.*)\\1$", "$2"),
                                        file.place(number, column + 1)),
                                Optional.empty()));
            }
        }
    }
}
