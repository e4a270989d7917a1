package dev.pitcrew.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One line of `/proc/PID/stat`.
///
/// @param pid the process id
/// @param state one letter: R, S, D, Z (dead, not reaped yet), T (stopped), t (traced), X
/// @param parent the pid of its parent
/// @param session the pid of the session's first process
/// @param startTicks clock ticks from boot to its start
/// @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
public record ProcStat(long pid, char state, long parent, long session, long startTicks) {
    private static final Path PROC = Path.of("/proc");

    /// Nothing when there is no such process.
    public static Optional<ProcStat> of(long pid) {
        try {
            return Optional.of(parse(Files.readString(file(pid), StandardCharsets.ISO_8859_1)));
        } catch (IOException _) { // it ended before, or while we read
            return Optional.empty();
        }
    }

    static Path file(long pid) {
        return PROC.resolve(Long.toString(pid)).resolve("stat");
    }

    /// How much memory the process has; the first number is the size of all it has mapped, 0 for a zombie.
    static Path memory(long pid) {
        return PROC.resolve(Long.toString(pid)).resolve("statm");
    }

    static ProcStat parse(String line) {
        // The name stands in parentheses and may itself hold spaces and parentheses, so cut at the
        // last one.
        int nameEnd = line.lastIndexOf(')');
        long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
        String[] fields =
                line.substring(nameEnd + 2).trim().split(" ", 21); // from field 3, the state
        return new ProcStat(
                pid,
                fields[0].charAt(0),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[19]));
    }

    /// A zombie is dead: it runs no more, and only waits for its parent to read the exit code. Where process 1 reaps
    /// nobody, as in many containers, it stays one for ever.
    public boolean alive() {
        return state != 'Z' && state != 'X';
    }

    public boolean stopped() {
        return state == 'T' || state == 't';
    }

    /// All processes that live and fit.
    static List<ProcStat> all(Predicate<ProcStat> fits) {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .flatMap(name -> of(Long.parseLong(name)).stream())
                    .filter(ProcStat::alive)
                    .filter(fits)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("/proc can't be listed", e);
        }
    }

    /// Whether its first environment held this `NAME=value`. False when it may not be read.
    boolean startedWith(String variable) {
        try {
            byte[] environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
            String text = "\0" + new String(environment, StandardCharsets.ISO_8859_1);
            return text.contains("\0" + variable + "\0");
        } catch (IOException _) {
            return false;
        }
    }
}
