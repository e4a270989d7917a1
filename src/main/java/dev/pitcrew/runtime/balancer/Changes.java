package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which change each target was started by, as one header: `127.0.0.1:4711=r7/forward, 127.0.0.1:4712=r8/forward`.
final class Changes {
    private Changes() {}

    static String text(Map<Address, String> changes) {
        return changes.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /// By `host:port`. What can't be read is left out: it is for logs alone.
    static Map<String, String> of(@Nullable String header) {
        var changes = new TreeMap<String, String>();
        for (var each : header == null ? new String[0] : header.split(", ")) {
            var at = each.indexOf('=');
            if (at > 0) {
                changes.put(each.substring(0, at), each.substring(at + 1));
            }
        }
        return changes;
    }
}
