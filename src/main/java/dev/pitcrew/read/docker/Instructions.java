package dev.pitcrew.read.docker;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.read.shell.Shell;
import dev.pitcrew.read.survey.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The instructions of a Dockerfile, with continued lines joined, comments between them left out, and here-documents taken along.
final class Instructions {
    private static final Pattern KEYWORD = Pattern.compile("\\s*([A-Za-z]+)(?:\\s+|$)");
    private static final Pattern HEREDOC =
            Pattern.compile("<<-?\\s*[\"']?([A-Za-z_][A-Za-z0-9_]*)[\"']?");
    private static final Set<String> KINDS =
            Set.of(
                    "ADD",
                    "ARG",
                    "CMD",
                    "COPY",
                    "ENTRYPOINT",
                    "ENV",
                    "EXPOSE",
                    "FROM",
                    "HEALTHCHECK",
                    "LABEL",
                    "MAINTAINER",
                    "ONBUILD",
                    "RUN",
                    "SHELL",
                    "STOPSIGNAL",
                    "USER",
                    "VOLUME",
                    "WORKDIR");

    private final SourceFile file;
    private char escape = '\\';
    private int line = 1;

    Instructions(SourceFile file) {
        this.file = file;
    }

    /// A logical line, and where each of its characters stands.
    private static final class Joined {
        private final StringBuilder text = new StringBuilder();
        private int[] offsets = new int[128];

        void add(char c, int offset) {
            if (text.length() == offsets.length) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2);
            }
            offsets[text.length()] = offset;
            text.append(c);
        }

        int offset(int index) {
            return text.isEmpty() ? 0 : offsets[Math.clamp(index, 0, text.length() - 1)];
        }
    }

    List<Instruction> all() {
        directives();
        var all = new ArrayList<Instruction>();
        var starts = starts();
        while (line <= file.lines()) {
            String text = file.line(line);
            if (text.isBlank() || text.stripLeading().startsWith("#")) {
                line++;
                continue;
            }
            var joined = join(starts);
            instruction(joined).ifPresent(all::add);
        }
        return all;
    }

    private int[] starts() {
        int[] starts = new int[file.lines()];
        int at = 0;
        for (int i = 1; i < starts.length; i++) {
            at = file.text().indexOf('\n', at) + 1;
            starts[i] = at;
        }
        return starts;
    }

    private void directives() {
        for (int i = 1; i <= file.lines() && file.line(i).matches("#\\s*\\w+\\s*=.*"); i++) {
            if (file.line(i).matches("(?i)#\\s*escape\\s*=\\s*`\\s*")) {
                escape = '`';
            }
        }
    }

    private Joined join(int[] starts) {
        var joined = new Joined();
        boolean more = true;
        while (more && line <= file.lines()) {
            String text = file.line(line);
            int start = starts[line - 1];
            line++;
            if (!joined.text.isEmpty() && (text.stripLeading().startsWith("#") || text.isBlank())) {
                continue; // a comment or an empty line between continued ones
            }
            String bare = text.stripTrailing();
            more = !bare.isEmpty() && bare.charAt(bare.length() - 1) == escape;
            int length = more ? bare.length() - 1 : text.length();
            for (int i = 0; i < length; i++) {
                joined.add(text.charAt(i), start + i);
            }
            joined.add(more ? ' ' : '\n', start + length);
        }
        heredocs(joined, starts);
        return joined;
    }

    private void heredocs(Joined joined, int[] starts) {
        String head = joined.text.toString();
        if (!head.contains("<<") || !head.matches("(?is)\\s*(onbuild\\s+)?(run|copy|add)\\s.*")) {
            return;
        }
        var ends = HEREDOC.matcher(head);
        while (ends.find()) {
            boolean done = false;
            while (!done && line <= file.lines()) {
                String text = file.line(line);
                int start = starts[line - 1];
                done = text.strip().equals(ends.group(1));
                for (int i = 0; i < text.length(); i++) {
                    joined.add(text.charAt(i), start + i);
                }
                joined.add('\n', start + text.length());
                line++;
            }
        }
    }

    private java.util.Optional<Instruction> instruction(Joined joined) {
        String text = joined.text.toString();
        var keyword = KEYWORD.matcher(text);
        if (!keyword.lookingAt()) {
            return java.util.Optional.empty();
        }
        String kind = keyword.group(1).toUpperCase(Locale.ROOT);
        if (!KINDS.contains(kind)) {
            return java.util.Optional.empty();
        }
        int at = keyword.end();
        var flags = new ArrayList<Located<String>>();
        if (kind.equals("HEALTHCHECK")
                || kind.equals("RUN")
                || kind.equals("COPY")
                || kind.equals("ADD")
                || kind.equals("FROM")) {
            at = flags(joined, text, at, flags);
        }
        var place = file.place(joined.offset(keyword.start(1)));
        if (kind.equals("HEALTHCHECK")
                && text.regionMatches(true, at, "CMD", 0, 3)
                && at + 3 < text.length()
                && Character.isWhitespace(text.charAt(at + 3))) {
            at += 4;
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
        int from = at;
        String rest = text.substring(Math.min(from, text.length()));
        var json = json(joined, rest, from);
        boolean isScript =
                kind.equals("RUN")
                        || kind.equals("CMD")
                        || kind.equals("ENTRYPOINT")
                        || kind.equals("HEALTHCHECK");
        boolean isExec = json != null;
        var words = json != null ? json : words(joined, rest, from, kind);
        List<ShellCommand> commands = List.of();
        if (isScript && !isExec) {
            commands =
                    Shell.parse(
                            script(rest), i -> file.place(joined.offset(from + skip(rest) + i)));
        } else if (isScript && json != null) {
            commands = nested(json);
        }
        return java.util.Optional.of(new Instruction(place, kind, flags, words, isExec, commands));
    }

    /// `RUN <<EOF` is a script of its own: what stands between the marks.
    private static String script(String rest) {
        int skip = skip(rest);
        return rest.substring(skip);
    }

    private static int skip(String rest) {
        var mark = HEREDOC.matcher(rest);
        if (mark.lookingAt()) {
            int newline = rest.indexOf('\n');
            return newline < 0 ? rest.length() : newline + 1;
        }
        return 0;
    }

    private int flags(Joined joined, String text, int start, List<Located<String>> flags) {
        int at = start;
        while (text.startsWith("--", at)) {
            int end = at;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            flags.add(new Located<>(text.substring(at, end), file.place(joined.offset(at))));
            at = end;
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    private @org.jspecify.annotations.Nullable List<Located<String>> json(
            Joined joined, String rest, int base) {
        String stripped = rest.strip();
        if (!stripped.startsWith("[") || !stripped.endsWith("]")) {
            return null;
        }
        var words = new ArrayList<Located<String>>();
        int i = rest.indexOf('[') + 1;
        while (i < rest.length()) {
            char c = rest.charAt(i);
            if (c == '"') {
                int start = i;
                var word = new StringBuilder();
                i++;
                while (i < rest.length() && rest.charAt(i) != '"') {
                    if (rest.charAt(i) == '\\' && i + 1 < rest.length()) {
                        i++;
                    }
                    word.append(rest.charAt(i));
                    i++;
                }
                words.add(new Located<>(word.toString(), file.place(joined.offset(base + start))));
                i++;
            } else if (c == ']') {
                return words;
            } else if (c == ',' || Character.isWhitespace(c)) {
                i++;
            } else {
                return null; // single quotes and the like: the engine takes it as shell form
            }
        }
        return null;
    }

    private static List<ShellCommand> nested(List<Located<String>> json) {
        for (int i = 2; i < json.size(); i++) {
            if (json.get(i - 1).value().matches("-[a-z]*c")
                    && json.get(i - 2).value().matches("(/usr)?(/bin/)?(ba|da|a|z)?sh")) {
                var place = json.get(i).place();
                return Shell.parse(json.get(i).value(), _ -> place);
            }
        }
        return List.of();
    }

    private List<Located<String>> words(Joined joined, String rest, int base, String kind) {
        var words = new ArrayList<Located<String>>();
        int i = 0;
        int end = kind.equals("RUN") ? Math.min(rest.length(), 20_000) : rest.length();
        boolean pairs = kind.equals("ENV") || kind.equals("LABEL");
        while (i < end) {
            if (Character.isWhitespace(rest.charAt(i))) {
                i++;
                continue;
            }
            int start = i;
            var word = new StringBuilder();
            char quote = 0;
            while (i < end && (quote != 0 || !Character.isWhitespace(rest.charAt(i)))) {
                char c = rest.charAt(i);
                if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                } else if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
                i++;
            }
            words.add(new Located<>(word.toString(), file.place(joined.offset(base + start))));
            if (pairs && words.size() == 1 && word.indexOf("=") < 0) {
                // the old form: ENV NAME all of the rest
                String value = rest.substring(i).strip();
                if (!value.isEmpty()) {
                    int at = rest.indexOf(value, i);
                    words.add(new Located<>(value, file.place(joined.offset(base + at))));
                }
                return words;
            }
        }
        return words;
    }
}
