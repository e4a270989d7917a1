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
import java.util.Optional;
import java.util.regex.Pattern;

/// Settings of a Kafka broker: server.properties. Of a key that is set twice the last counts.
///
/// @see <a href="https://kafka.apache.org/documentation/#brokerconfigs">broker configs</a>
public final class KafkaConf implements Format {
    private static final Pattern LINE =
            Pattern.compile("^[ \\t]*([a-z][a-z0-9.]{1,80})[ \\t]*[=:][ \\t]*(.*?)[ \\t\\r]*$");
    private static final Pattern BROKER =
            Pattern.compile(
                    "(?m)^[ \\t]*(broker\\.id|node\\.id|process\\.roles|log\\.dirs)[ \\t]*[=:]");

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().endsWith(".properties") && BROKER.matcher(file.text()).find();
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            var settings = new LinkedHashMap<String, StoreSetting>();
            for (int number = 1; number <= file.lines(); number++) {
                String line = file.line(number);
                var match = LINE.matcher(line);
                if (line.length() < 2000 && match.matches()) {
                    settings.put(
                            match.group(1),
                            new StoreSetting(
                                    name(),
                                    StoreKind.KAFKA,
                                    match.group(1),
                                    file.place(number, match.start(1) + 1),
                                    new Located<>(
                                            match.group(2), file.place(number, match.start(2) + 1)),
                                    Optional.empty()));
                }
            }
            settings.values().forEach(found::fact);
        }
    }
}
