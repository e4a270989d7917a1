package dev.pitcrew.runtime.haproxy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// How many sessions each part of a proxy has now: its servers, and its FRONTEND.
final class Stat {
    private final Map<String, Integer> current = new HashMap<>();

    /// @param answer to `show stat`
    Stat(String proxy, String answer) throws IOException {
        var lines = answer.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().startsWith("# pxname,svname,")) {
            throw new IOException("these are no statistics: " + Slot.first(answer));
        }
        var columns = Columns.of(lines.getFirst().replaceFirst("^# ", ""), ",");
        for (var line : lines.subList(1, lines.size())) {
            var row = columns.row(line);
            if (row.text("pxname").equals(proxy)) {
                current.put(row.text("svname"), row.number("scur"));
            }
        }
    }

    int current(String part) throws IOException {
        var sessions = current.get(part);
        if (sessions == null) {
            throw new IOException("there are no statistics of " + part);
        }
        return sessions;
    }
}
