package dev.pitcrew.runtime.nginx;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The worker processes of one nginx now, as Linux tells them.
///
/// @param serving by pid: who takes new connections
/// @param ending who was told to end, and still has something to do
record Workers(Set<Long> serving, Set<Long> ending) {
    private static final Path PROC = Path.of("/proc");
    private static final String WORKER = "nginx: worker process";
    private static final String ENDING = WORKER + " is shutting down";

    Workers {
        serving = Set.copyOf(serving);
        ending = Set.copyOf(ending);
    }

    /// @throws IOException when that process is not a master of nginx, or gone
    static Workers of(long master) throws IOException {
        if (!title(master).startsWith("nginx: master process")) {
            throw new IOException("process " + master + " is no master of nginx");
        }
        var serving = new TreeSet<Long>();
        var ending = new TreeSet<Long>();
        for (long pid : childrenOf(master)) {
            var title = title(pid);
            if (title.equals(ENDING)) {
                ending.add(pid);
            } else if (title.equals(WORKER)) {
                serving.add(pid);
            }
        }
        return new Workers(serving, ending);
    }

    /// From the kernel's list of them, where it has one; else by asking every process.
    private static Set<Long> childrenOf(long master) throws IOException {
        var list = PROC.resolve(master + "/task/" + master + "/children");
        return Files.exists(list)
                ? Arrays.stream(Files.readString(list).strip().split(" ", -1))
                        .filter(one -> !one.isEmpty())
                        .map(Long::valueOf)
                        .collect(Collectors.toSet())
                : thatSay(master);
    }

    private static Set<Long> thatSay(long master) throws IOException {
        var children = new TreeSet<Long>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var one : all) {
                if (parent(one) == master) {
                    children.add(Long.parseLong(one.getFileName().toString()));
                }
            }
        }
        return children;
    }

    private static long parent(Path process) {
        try {
            var stat = Files.readString(process.resolve("stat"));
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[1]);
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException _) {
            return 0; // it ended meanwhile
        }
    }

    /// nginx writes there what a process does.
    private static String title(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/cmdline")).replace('\0', ' ').strip();
        } catch (IOException _) {
            return "";
        }
    }

    /// All of them.
    Set<Long> all() {
        var all = new TreeSet<>(serving);
        all.addAll(ending);
        return all;
    }
}
