package dev.pitcrew.read.shell;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.ShellCommand.Link;
import dev.pitcrew.model.infra.ShellCommand.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Reads shell text in one pass. It knows words, quotes, joins, blocks, here-documents and redirects; it expands nothing and never fails: what it can't make out, it reads as words.
public final class Shell {
    private static final int COMMANDS_MAX = 20_000;
    private static final int NESTED_MAX = 4;
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "zsh", "dash", "su");

    private final String text;
    private final IntFunction<Place> places;
    private final int nested;
    private final List<ShellCommand> commands;
    private final Blocks blocks;
    private final Quoting quoting;
    private final List<Heredoc> heredocs = new ArrayList<>();

    private List<Word> words = new ArrayList<>();
    private List<Redirect> redirects = new ArrayList<>();
    private Word word = new Word();
    private Link link = Link.NEXT;
    private @Nullable String redirect;
    private int at;

    private Shell(
            String text,
            IntFunction<Place> places,
            List<String> around,
            int nested,
            List<ShellCommand> commands) {
        this.text = text;
        this.places = places;
        this.blocks = new Blocks(around);
        this.quoting = new Quoting(text);
        this.nested = nested;
        this.commands = commands;
    }

    private record Heredoc(String end, boolean indented, int command) {}

    /// The commands of a text.
    ///
    /// @param places where the character of an offset stands
    public static List<ShellCommand> parse(String text, IntFunction<Place> places) {
        var commands = new ArrayList<ShellCommand>();
        new Shell(text, places, List.of(), 0, commands).run();
        return commands;
    }

    /// The commands of a text that runs on another host.
    ///
    /// @param places where the character of an offset stands
    public static List<ShellCommand> parseRemote(String text, IntFunction<Place> places) {
        var commands = new ArrayList<ShellCommand>();
        new Shell(text, places, List.of("remote"), 0, commands).run();
        return commands;
    }

    private void run() {
        while (at < text.length() && commands.size() < COMMANDS_MAX) {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> escape();
                case '\'' -> at = quoting.single(word, at);
                case '"' -> at = quoting.twice(word, at);
                case '$' -> at = quoting.dollar(word, at);
                case '`' -> at = quoting.backticks(word, at);
                case '#' -> comment();
                case ' ', '\t', '\r' -> {
                    endWord();
                    at++;
                }
                case '\n' -> {
                    endCommand(Link.NEXT, false);
                    at++;
                    skipHeredocs();
                }
                case ';' -> {
                    endCommand(Link.NEXT, false);
                    at += text.startsWith(";;", at) ? 2 : 1;
                }
                case '&' -> ampersand();
                case '|' -> pipe();
                case '(' -> open();
                case ')' -> close();
                case '<', '>' -> redirection();
                default -> {
                    word.add(c, at);
                    at++;
                }
            }
        }
        endCommand(Link.NEXT, false);
    }

    private void escape() {
        if (text.startsWith("\\\r\n", at)) {
            endWord();
            at += 3;
        } else if (text.startsWith("\\\n", at)) {
            endWord();
            at += 2;
        } else {
            if (at + 1 < text.length()) {
                word.add(text.charAt(at + 1), at + 1);
            }
            at += 2;
        }
    }

    private void comment() {
        if (word.isBegun()) {
            word.add('#', at);
            at++;
        } else {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        }
    }

    private void ampersand() {
        if (text.startsWith("&&", at)) {
            endCommand(Link.AND, false);
            at += 2;
        } else if (text.startsWith("&>", at)) {
            endWord();
            at += text.startsWith("&>>", at) ? 3 : 2;
            redirect = "&>";
        } else {
            endCommand(Link.NEXT, true);
            at++;
        }
    }

    private void pipe() {
        if (text.startsWith("||", at)) {
            endCommand(Link.OR, false);
            at += 2;
        } else {
            boolean inCase = blocks.isCase() && words.size() <= 1 && Text.closesPattern(text, at);
            if (inCase) {
                dropCommand();
                at++;
                return;
            }
            endCommand(Link.PIPE, false);
            at += text.startsWith("|&", at) ? 2 : 1;
        }
    }

    private void open() {
        if (word.isBegun() && words.isEmpty() && text.startsWith("()", at)) {
            word = new Word(); // the name of a function; its body follows in braces
            at += 2;
            blocks.push("function", commands.size(), false);
            skipBrace();
        } else if (word.isBegun()) {
            word.add('(', at);
            at++;
        } else if (words.isEmpty()) {
            blocks.push("group", commands.size(), false);
            at++;
        } else {
            word.add('(', at);
            at++;
        }
    }

    private void skipBrace() {
        int i = at;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        at = i < text.length() && text.charAt(i) == '{' ? i + 1 : at;
    }

    private void close() {
        endWord();
        if (blocks.isCase()) {
            dropCommand();
        } else {
            endCommand(Link.NEXT, false);
            blocks.pop("group");
        }
        at++;
    }

    private void redirection() {
        String before = word.text();
        boolean descriptor =
                word.isBegun() && !before.isEmpty() && before.chars().allMatch(Character::isDigit);
        if (descriptor) {
            word = new Word();
        } else {
            endWord();
        }
        String from = descriptor ? before : "";
        if (text.startsWith("<<<", at)) {
            redirect = "<<<";
            at += 3;
        } else if (text.startsWith("<<", at)) {
            heredoc();
        } else if (text.startsWith("<(", at) || text.startsWith(">(", at)) {
            at = quoting.substitution(word, at);
        } else if (text.startsWith(">>", at)) {
            redirect = from + ">>";
            at += 2;
        } else {
            int end = at + 1;
            while (end < text.length() && "&|".indexOf(text.charAt(end)) >= 0) {
                end++;
            }
            redirect = from + text.substring(at, end);
            at = end;
        }
    }

    private void heredoc() {
        boolean indented = text.startsWith("<<-", at);
        at += indented ? 3 : 2;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        int start = at;
        while (at < text.length() && " \t\r\n;|&<>)".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String end = text.substring(start, at).replaceAll("[\"'\\\\]", "");
        if (!end.isEmpty()) {
            heredocs.add(new Heredoc(end, indented, commands.size()));
        }
    }

    private void skipHeredocs() {
        for (var heredoc : List.copyOf(heredocs)) {
            int start = at;
            int end = -1;
            while (at < text.length() && end < 0) {
                int newline = text.indexOf('\n', at);
                int to = newline < 0 ? text.length() : newline;
                String line = text.substring(at, to);
                if ((heredoc.indented() ? line.strip() : line.stripTrailing())
                        .equals(heredoc.end())) {
                    end = at;
                }
                at = newline < 0 ? text.length() : newline + 1;
            }
            feed(heredoc, start, end < 0 ? text.length() : end);
        }
        heredocs.clear();
    }

    private void feed(Heredoc heredoc, int start, int end) {
        if (heredoc.command() >= commands.size() || nested >= NESTED_MAX) {
            return;
        }
        var command = commands.get(heredoc.command());
        boolean remote = command.runs("ssh");
        if (remote || command.runs("sh", "bash")) {
            nest(text.substring(start, end), i -> places.apply(start + i), remote);
        }
    }

    private void nest(String inner, IntFunction<Place> where, boolean remote) {
        var within = new ArrayList<>(blocks.within());
        within.add(remote ? "remote" : "nested");
        if (nested < NESTED_MAX) {
            new Shell(inner, where, within, nested + 1, commands).run();
        }
    }

    private void endWord() {
        if (!word.isBegun()) {
            return;
        }
        Word ended = word;
        word = new Word();
        if (redirect != null) {
            redirects.add(new Redirect(redirect, ended.text()));
            redirect = null;
        } else if (words.isEmpty()
                && isQuoteFree(ended)
                && blocks.keyword(ended.text(), commands.size())) {
            blocks.closedFrom = ended.text().matches("done|fi|esac|}") ? blocks.closedFrom : -1;
        } else {
            words.add(ended);
        }
    }

    private boolean isQuoteFree(Word word) {
        return word.start() < text.length() && "\"'".indexOf(text.charAt(word.start())) < 0;
    }

    private void dropCommand() {
        words = new ArrayList<>();
        redirects = new ArrayList<>();
        word = new Word();
        redirect = null;
        link = Link.NEXT;
    }

    private void endCommand(Link next, boolean background) {
        endWord();
        if (blocks.isHead) { // `for x in a b`, `case x in`, `function name`
            boolean body = !words.isEmpty();
            if (body || next == Link.NEXT) {
                words = new ArrayList<>();
                blocks.isHead = false;
            }
            link = Link.NEXT;
            return;
        }
        if (words.isEmpty()) {
            if (background && blocks.closedFrom >= 0) {
                for (int i = blocks.closedFrom; i < commands.size(); i++) {
                    commands.set(i, Words.inBackground(commands.get(i)));
                }
            }
            if (next != Link.NEXT || blocks.closedFrom >= 0) {
                link = next;
            }
            redirects = new ArrayList<>();
            return;
        }
        blocks.closedFrom = -1;
        var ended = words;
        var command =
                new ShellCommand(
                        places.apply(ended.getFirst().start()),
                        ended.stream()
                                .map(one -> new Located<>(one.text(), places.apply(one.start())))
                                .toList(),
                        redirects,
                        link,
                        background,
                        blocks.within(),
                        blocks.depth());
        commands.add(command);
        words = new ArrayList<>();
        redirects = new ArrayList<>();
        redirect = null;
        link = next;
        nestedIn(command, ended);
    }

    /// Reads on inside `ssh HOST '…'`, `sh -c '…'` and `eval '…'`.
    private void nestedIn(ShellCommand command, List<Word> words) {
        boolean remote = command.runs("ssh");
        for (int i = 1; i < words.size(); i++) {
            Word one = words.get(i);
            String before = words.get(i - 1).text();
            boolean script =
                    before.matches("-[a-z]*c")
                            && i > 1
                            && SHELLS.contains(
                                    words.get(i - 2)
                                            .text()
                                            .substring(
                                                    words.get(i - 2).text().lastIndexOf('/') + 1));
            boolean argument =
                    remote && one.text().matches("(?s).*\\s.*") && !before.startsWith("-o");
            if (script || argument || (command.runs("eval") && one.text().contains(" "))) {
                nest(one.text(), offset -> places.apply(one.offset(offset)), remote);
            } else if (remote && i > 1 && Words.isRemoteStart(words, i)) {
                var rest = words.subList(i, words.size());
                String joined = String.join(" ", rest.stream().map(Word::text).toList());
                nest(joined, offset -> places.apply(Words.offsetIn(rest, offset)), true);
                return;
            }
        }
    }
}
