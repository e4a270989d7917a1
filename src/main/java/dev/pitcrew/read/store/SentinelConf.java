package dev.pitcrew.read.store;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.FailoverTiming;
import dev.pitcrew.model.infra.FailoverTiming.Tool;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The timing of Redis Sentinel, and how many have to agree: `sentinel monitor NAME HOST PORT QUORUM` and what follows it for that name.
///
/// @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/">Sentinel</a>
public final class SentinelConf implements Format {
    private static final Pattern MONITOR =
            Pattern.compile(
                    "^[ \\t]*sentinel[ \\t]+monitor[ \\t]+(\\S{1,100})[ \\t](?:.*[ \\t]([0-9]{1,3}))?.*$");
    private static final Pattern NUMBER =
            Pattern.compile(
                    "^[ \\t]*sentinel[ \\t]+(down-after-milliseconds|failover-timeout|parallel-syncs)[ \\t]+(\\S{1,100})[ \\t]+([0-9]{1,12})[ \\t]*$");

    @Override
    public String name() {
        return "sentinel";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().endsWith(".conf") && file.text().contains("sentinel monitor");
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            var places = new LinkedHashMap<String, Place>();
            var numbers = new HashMap<String, Map<String, Located<Long>>>();
            for (int number = 1; number <= file.lines(); number++) {
                String line = file.line(number);
                if (line.length() > 500) {
                    continue;
                }
                var monitor = MONITOR.matcher(line);
                if (monitor.matches()) {
                    places.put(monitor.group(1), file.place(number, monitor.start(1) + 1));
                    if (monitor.group(2) != null) {
                        numbers.computeIfAbsent(monitor.group(1), _ -> new HashMap<>())
                                .put(
                                        "quorum",
                                        new Located<>(
                                                Long.valueOf(monitor.group(2)),
                                                file.place(number, monitor.start(2) + 1)));
                    }
                }
                var said = NUMBER.matcher(line);
                if (said.matches()) {
                    numbers.computeIfAbsent(said.group(2), _ -> new HashMap<>())
                            .put(
                                    said.group(1),
                                    new Located<>(
                                            Long.valueOf(said.group(3)),
                                            file.place(number, said.start(3) + 1)));
                }
            }
            places.forEach(
                    (name, place) ->
                            found.fact(
                                    new FailoverTiming(
                                            name(),
                                            place,
                                            Tool.SENTINEL,
                                            name,
                                            numbers.getOrDefault(name, Map.of()))));
        }
    }
}
