package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One simple command of a shell script, a `RUN` line or a pipeline's step.
///
/// @param place of its first word
/// @param words without quotes; variables stand as they are written
/// @param redirects such as `> file`
/// @param link how it is joined to the command before it
/// @param isBackground whether the script goes on without waiting for it
/// @param within what encloses it, the outermost first: `while`, `until`, `for`, `if`, `condition`, `function`, `case`, `remote` (in the argument or the input of `ssh`), `nested` (of `sh -c`)
/// @param depth how many blocks are open around it, so that commands of one block can be told from those of the next
public record ShellCommand(
        Place place,
        List<Located<String>> words,
        List<Redirect> redirects,
        Link link,
        boolean isBackground,
        List<String> within,
        int depth) {
    private static final Set<String> WRAPPERS =
            Set.of(
                    "sudo",
                    "exec",
                    "time",
                    "nohup",
                    "command",
                    "env",
                    "tini",
                    "dumb-init",
                    "gosu",
                    "su-exec",
                    "nice",
                    "--",
                    "!");

    public ShellCommand {
        words = List.copyOf(words);
        redirects = List.copyOf(redirects);
        within = List.copyOf(within);
    }

    /// How a command is joined to the one before it.
    public enum Link {
        /// It follows after a line's end or `;`.
        NEXT,
        /// `&&`
        AND,
        /// `||`
        OR,
        /// It reads what the one before it writes.
        PIPE
    }

    /// @param operator such as `>`, `>>`, `<`, `2>&1`
    /// @param target may be empty
    public record Redirect(String operator, String target) {}

    /// The program, without `sudo`, `exec`, assignments and the like; its last part when a path is written; empty when there is none.
    public String program() {
        int at = start();
        if (at >= words.size()) {
            return "";
        }
        String word = words.get(at).value();
        return word.substring(word.lastIndexOf('/') + 1);
    }

    /// The words after the program.
    public List<String> arguments() {
        int at = start();
        return at >= words.size()
                ? List.of()
                : words.subList(at + 1, words.size()).stream().map(Located::value).toList();
    }

    /// Whether one of the arguments is one of these.
    public boolean hasArgument(String... any) {
        return arguments().stream().anyMatch(Set.of(any)::contains);
    }

    /// Whether the program is one of these.
    public boolean runs(String... programs) {
        return Set.of(programs).contains(program());
    }

    /// Whether it takes the shell's place rather than being its child.
    public boolean isExec() {
        return words.stream()
                .map(Located::value)
                .dropWhile(ShellCommand::isAssignment)
                .findFirst()
                .filter("exec"::equals)
                .isPresent();
    }

    /// The first argument that is no option.
    public Optional<String> verb() {
        return arguments().stream().filter(one -> !one.startsWith("-")).findFirst();
    }

    /// In one line.
    public String text() {
        return String.join(" ", words.stream().map(Located::value).toList());
    }

    private int start() {
        int at = 0;
        boolean wrapped = false;
        while (at < words.size()) {
            String word = words.get(at).value();
            String name = word.substring(word.lastIndexOf('/') + 1);
            boolean user = at > 0 && Set.of("gosu", "su-exec").contains(words.get(at - 1).value());
            if (isAssignment(word)
                    || WRAPPERS.contains(name)
                    || user
                    || (wrapped && word.startsWith("-"))) {
                wrapped |= WRAPPERS.contains(name);
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    private static boolean isAssignment(String word) {
        int equals = word.indexOf('=');
        return equals > 0
                && word.substring(0, equals)
                        .chars()
                        .allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }
}
