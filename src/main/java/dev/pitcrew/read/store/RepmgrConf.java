package dev.pitcrew.read.store;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.FailoverTiming;
import dev.pitcrew.model.infra.FailoverTiming.Tool;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/// The timing of repmgr, where it is told to fail over by itself.
public final class RepmgrConf implements Format {
    private static final Pattern NUMBER =
            Pattern.compile(
                    "^[ \\t]*(reconnect_attempts|reconnect_interval|monitor_interval_secs)[ \\t]*=[ \\t]*'?([0-9]{1,9})'?[ \\t]*(#.*)?$");
    private static final Pattern AUTOMATIC =
            Pattern.compile("(?m)^[ \\t]*failover[ \\t]*=[ \\t]*'?automatic'?");

    @Override
    public String name() {
        return "repmgr";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().contains("repmgr")
                && file.name().endsWith(".conf")
                && AUTOMATIC.matcher(file.text()).find();
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            var numbers = new HashMap<String, Located<Long>>();
            for (int number = 1; number <= file.lines(); number++) {
                String line = file.line(number);
                var said = NUMBER.matcher(line.length() > 500 ? "" : line);
                if (said.matches()) {
                    numbers.put(
                            said.group(1),
                            new Located<>(
                                    Long.valueOf(said.group(2)),
                                    file.place(number, said.start(2) + 1)));
                }
            }
            found.fact(new FailoverTiming(name(), file.place(1, 1), Tool.REPMGR, "", numbers));
        }
    }
}
