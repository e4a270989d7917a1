package dev.pitcrew.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Hosts `a` and `b` as network namespaces on one bridge, whose own address is a third host's: the database's. Packets are lost by telling a host a
/// wrong hardware address of another one, which loses them one way and says so to nobody.
final class Hosts implements AutoCloseable {
    private static final String NOBODY = "02:00:00:00:00:99";

    private final String name = "pc" + ProcessHandle.current().pid() % 1_000_000;
    private final String net = "10.77." + ProcessHandle.current().pid() % 250 + ".";

    /// Makes them; where that can't be done the test is skipped and says so.
    static Hosts make() throws Exception {
        var hosts = new Hosts();
        try {
            hosts.ip("link", "add", hosts.name, "type", "bridge");
            hosts.ip("addr", "add", hosts.bridge() + "/24", "dev", hosts.name);
            hosts.ip("link", "set", hosts.name, "up");
            for (var host : List.of("a", "b")) {
                hosts.add(host);
            }
            return hosts;
        } catch (IOException e) {
            hosts.close();
            abort("network namespaces can't be made here: " + e.getMessage());
            throw e;
        }
    }

    private void add(String host) throws IOException, InterruptedException {
        var outer = name + host;
        ip("netns", "add", namespace(host));
        ip("link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", namespace(host));
        ip("link", "set", outer, "master", name, "up");
        in(host, "addr", "add", address(host) + "/24", "dev", "eth0");
        in(host, "link", "set", "eth0", "up");
        in(host, "link", "set", "lo", "up");
    }

    private String namespace(String host) {
        return name + "-" + host;
    }

    /// The address of a host.
    String address(String host) {
        return net + (host.equals("a") ? 1 : 2);
    }

    /// The address of the database's host, which is this process's.
    String bridge() {
        return net + 254;
    }

    /// A command as it is run on a host.
    List<String> on(String host, List<String> command) {
        var all = new ArrayList<>(List.of("ip", "netns", "exec", namespace(host)));
        all.addAll(command);
        return all;
    }

    /// Loses what one host sends to another, one way.
    void lose(String from, String to) throws IOException, InterruptedException {
        in(
                from,
                "neigh",
                "replace",
                address(to),
                "lladdr",
                NOBODY,
                "dev",
                "eth0",
                "nud",
                "permanent");
    }

    /// Loses what a host sends to the database.
    void loseToDatabase(String from) throws IOException, InterruptedException {
        in(from, "neigh", "replace", bridge(), "lladdr", NOBODY, "dev", "eth0", "nud", "permanent");
    }

    /// Loses what the database sends to a host.
    void loseFromDatabase(String to) throws IOException, InterruptedException {
        ip("neigh", "replace", address(to), "lladdr", NOBODY, "dev", name, "nud", "permanent");
    }

    /// Loses nothing any more.
    void heal() throws IOException, InterruptedException {
        for (var host : List.of("a", "b")) {
            in(host, "neigh", "flush", "dev", "eth0", "nud", "permanent");
        }
        ip("neigh", "flush", "dev", name, "nud", "permanent");
    }

    private void in(String host, String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("-n", namespace(host)));
        all.addAll(List.of(arguments));
        ip(all.toArray(String[]::new));
    }

    private void ip(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var printed = process.inputReader()) {
            var text = String.join("\n", printed.lines().toList());
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + text);
            }
        }
    }

    /// Removes all that was made.
    @Override
    public void close() {
        for (var one :
                List.of(
                        List.of("netns", "del", namespace("a")),
                        List.of("netns", "del", namespace("b")),
                        List.of("link", "del", name))) {
            try {
                ip(one.toArray(String[]::new));
            } catch (IOException _) { // it was never made
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
