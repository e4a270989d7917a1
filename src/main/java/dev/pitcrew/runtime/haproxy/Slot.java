package dev.pitcrew.runtime.haproxy;

import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A place in a backend of HAProxy, which leads to one instance.
///
/// @param name such as `s3`
/// @param address where it leads; empty while that is nowhere
/// @param isUp whether requests that are sent to it get there
/// @param busy requests, or with TCP connections, that are with it now
record Slot(String name, Optional<Address> address, boolean isUp, int busy) {
    private static final int STOPPED = 0;
    private static final int NOWHERE = 1; // the port of a slot that was never given one

    /// What the slots of one backend are, by name.
    ///
    /// @param servers the answer to `show servers state`
    /// @param stat the answer to `show stat`
    /// @throws IOException when an answer is not as HAProxy 2.x writes it
    static Map<String, Slot> read(String backend, String servers, String stat) throws IOException {
        var busy = new Stat(backend, stat);
        var lines = servers.lines().toList();
        if (lines.size() < 2 || !lines.get(0).equals("1")) {
            throw new IOException("this is no state of servers: " + first(servers));
        }
        var columns = Columns.of(lines.get(1).replaceFirst("^# ", ""), " ");
        var slots = new TreeMap<String, Slot>();
        for (var line : lines.subList(2, lines.size())) {
            var row = columns.row(line);
            if (!row.text("be_name").equals(backend)) {
                continue;
            }
            var name = row.text("srv_name");
            var port = row.number("srv_port");
            slots.put(
                    name,
                    new Slot(
                            name,
                            port <= NOWHERE || row.text("srv_addr").equals("-")
                                    ? Optional.empty()
                                    : Optional.of(new Address(row.text("srv_addr"), port)),
                            row.number("srv_op_state") != STOPPED,
                            busy.current(name)));
        }
        return slots;
    }

    static String first(String answer) {
        return answer.lines().findFirst().orElse("nothing");
    }
}
