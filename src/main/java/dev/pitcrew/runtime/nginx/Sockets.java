package dev.pitcrew.runtime.nginx;

import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Established TCP connections of this machine, as Linux tells them.
///
/// @param all each with where it goes
record Sockets(List<Socket> all) {
    private static final String ESTABLISHED = "01";

    Sockets {
        all = List.copyOf(all);
    }

    /// @param local our end, `host:port`
    /// @param inode by which whoever has it is found
    record Socket(Address local, Address remote, String inode) {}

    /// Of IPv4, and of IPv4 in IPv6's table.
    static Sockets now() throws IOException {
        try {
            return new Sockets(SocketDump.now());
        } catch (IOException _) { // a sandbox may not let us ask
            return listed();
        }
    }

    /// The same from `/proc`, where whatever ended in the last minute is listed as well.
    static Sockets listed() throws IOException {
        var all = new ArrayList<Socket>();
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                for (var line : Files.readAllLines(Path.of(table))) {
                    if (line.contains(" " + ESTABLISHED + " ")) {
                        parse(line).ifPresent(all::add);
                    }
                }
            }
        }
        return new Sockets(all);
    }

    /// @param line such as `0: 0100007F:1F90 0100007F:C350 01 … inode …`
    static Optional<Socket> parse(String line) {
        var fields = line.strip().split("\\s+", -1);
        if (fields.length < 10 || !fields[3].equals(ESTABLISHED)) {
            return Optional.empty();
        }
        return address(fields[1])
                .flatMap(
                        local ->
                                address(fields[2])
                                        .map(remote -> new Socket(local, remote, fields[9])));
    }

    /// The last four bytes are the IPv4 address, in the order of this machine.
    private static Optional<Address> address(String hex) {
        var colon = hex.indexOf(':');
        var port = Integer.parseInt(hex.substring(colon + 1), 16);
        var host = hex.substring(colon - 8, colon);
        if (port == 0) {
            return Optional.empty();
        }
        var bytes = new ArrayList<String>();
        for (int i = 6; i >= 0; i -= 2) {
            bytes.add(String.valueOf(Integer.parseInt(host.substring(i, i + 2), 16)));
        }
        return Optional.of(new Address(String.join(".", bytes), port));
    }

    /// How many go to such an address and belong to these processes. Where the system does not show whose they are, all count but our own.
    int to(Predicate<Address> target, Set<Long> processes) {
        Predicate<Socket> isTheirs;
        try {
            var theirs = new HashSet<String>();
            for (long pid : processes) {
                theirs.addAll(inodes(Path.of("/proc/" + pid + "/fd")));
            }
            isTheirs = socket -> theirs.contains(socket.inode());
        } catch (IOException _) {
            var ours = ours();
            isTheirs = socket -> !ours.contains(socket.inode());
        }
        return Math.toIntExact(
                all.stream().filter(one -> target.test(one.remote())).filter(isTheirs).count());
    }

    private static Set<String> ours() {
        try {
            return inodes(Path.of("/proc/self/fd"));
        } catch (IOException _) {
            return Set.of();
        }
    }

    /// @throws IOException when nobody shows them to us; none of a process that has ended
    private static Set<String> inodes(Path folder) throws IOException {
        var inodes = new HashSet<String>();
        if (!Files.exists(folder)) {
            return inodes;
        }
        try (DirectoryStream<Path> open = Files.newDirectoryStream(folder)) {
            for (var one : open) {
                try {
                    var to = Files.readSymbolicLink(one).toString();
                    if (to.startsWith("socket:[")) {
                        inodes.add(to.substring("socket:[".length(), to.length() - 1));
                    }
                } catch (NoSuchFileException _) { // closed meanwhile
                }
            }
        } catch (NoSuchFileException | DirectoryIteratorException _) { // the process has ended
        }
        return inodes;
    }
}
