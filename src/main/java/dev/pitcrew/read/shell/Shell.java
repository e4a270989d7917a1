package dev.pitcrew.read.shell;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.ShellCommand.Link;
import dev.pitcrew.model.infra.ShellCommand.Redirect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Reads shell text in one pass. It knows words, quotes, joins, blocks, here-documents and redirects; it expands nothing and never fails: what it can't make out, it reads as words.
public final class Shell {
    private static final int COMMANDS_MAX = 20_000;
    private static final int NESTED_MAX = 4;
    private static final int BLOCKS_MAX = 50;
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "zsh", "dash", "su");

    private final String text;
    private final IntFunction<Place> places;
    private final List<String> around;
    private final int nested;
    private final List<ShellCommand> commands;
    private final Deque<Block> blocks = new ArrayDeque<>();
    private final List<Heredoc> heredocs = new ArrayList<>();

    private List<Word> words = new ArrayList<>();
    private List<Redirect> redirects = new ArrayList<>();
    private Word word = new Word();
    private Link link = Link.NEXT;
    private @Nullable String redirect;
    private int closedFrom = -1;
    private boolean loopHead;
    private int at;

    private Shell(
            String text,
            IntFunction<Place> places,
            List<String> around,
            int nested,
            List<ShellCommand> commands) {
        this.text = text;
        this.places = places;
        this.around = around;
        this.nested = nested;
        this.commands = commands;
    }

    /// @param from index of its first command
    /// @param isCondition whether what is read now decides whether the block runs
    private record Block(String kind, int from, boolean isCondition) {}

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
                case '\'' -> single();
                case '"' -> twice();
                case '$' -> dollar();
                case '`' -> until('`');
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

    private void single() {
        int end = text.indexOf('\'', at + 1);
        int to = end < 0 ? text.length() : end;
        word.begin(at);
        for (int i = at + 1; i < to; i++) {
            word.add(text.charAt(i), i);
        }
        at = to + 1;
    }

    private void twice() {
        word.begin(at);
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                if ("\"\\$`".indexOf(next) < 0 && next != '\n') {
                    word.add(c, at);
                }
                if (next != '\n') {
                    word.add(next, at + 1);
                }
                at += 2;
            } else if (c == '$') {
                dollar();
            } else {
                word.add(c, at);
                at++;
            }
        }
        at++;
    }

    /// Takes `$(…)`, `${…}` and `${{ … }}` whole, as part of a word.
    private void dollar() {
        int end;
        if (text.startsWith("${{", at)) {
            int close = text.indexOf("}}", at);
            end = close < 0 ? at + 1 : close + 2;
        } else if (text.startsWith("$(", at)) {
            end = balanced('(', ')');
        } else if (text.startsWith("${", at)) {
            end = balanced('{', '}');
        } else {
            end = at + 1;
        }
        while (at < Math.min(end, text.length())) {
            word.add(text.charAt(at), at);
            at++;
        }
    }

    /// The end of what opens behind the dollar sign; just behind that sign when it never closes.
    private int balanced(char open, char close) {
        int depth = 0;
        for (int i = at + 1; i < text.length() && i < at + 10_000; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == open) {
                depth++;
            } else if (c == close && --depth == 0) {
                return i + 1;
            }
        }
        return at + 1;
    }

    private void until(char end) {
        int close = text.indexOf(end, at + 1);
        int to = close < 0 ? at + 1 : close + 1;
        while (at < to) {
            word.add(text.charAt(at), at);
            at++;
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
            boolean inCase = isCase() && words.size() <= 1 && nextClosesPattern();
            if (inCase) {
                dropCommand();
                at++;
                return;
            }
            endCommand(Link.PIPE, false);
            at += text.startsWith("|&", at) ? 2 : 1;
        }
    }

    /// Whether `a|b)` of a `case` stands here rather than a pipe.
    private boolean nextClosesPattern() {
        for (int i = at; i < text.length() && i < at + 200; i++) {
            char c = text.charAt(i);
            if (c == ')') {
                return true;
            }
            if (c == '\n' || c == ';' || c == '(') {
                return false;
            }
        }
        return false;
    }

    private void open() {
        if (word.isBegun() && words.isEmpty() && text.startsWith("()", at)) {
            word = new Word(); // the name of a function; its body follows in braces
            at += 2;
            push("function", false);
            skipBrace();
        } else if (word.isBegun()) {
            word.add('(', at);
            at++;
        } else if (words.isEmpty()) {
            push("group", false);
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
        if (isCase()) {
            dropCommand();
        } else {
            endCommand(Link.NEXT, false);
            pop("group");
        }
        at++;
    }

    private boolean isCase() {
        return !blocks.isEmpty() && blocks.peek().kind().equals("case");
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
            word.add(text.charAt(at), at);
            at++;
            int end = at - 1;
            int to = balancedFrom(end);
            while (at < to) {
                word.add(text.charAt(at), at);
                at++;
            }
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

    private int balancedFrom(int before) {
        int keep = at;
        at = before;
        int end = balanced('(', ')');
        at = keep;
        return Math.max(end, keep);
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
        var within = new ArrayList<>(within());
        within.add(remote ? "remote" : "nested");
        if (nested < NESTED_MAX) {
            new Shell(inner, where, within, nested + 1, commands).run();
        }
    }

    private List<String> within() {
        var within = new ArrayList<>(around);
        blocks.descendingIterator()
                .forEachRemaining(
                        block -> {
                            within.add(block.kind());
                            if (block.isCondition()) {
                                within.add("condition");
                            }
                        });
        return within;
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
        } else if (words.isEmpty() && isQuoteFree(ended) && keyword(ended.text())) {
            closedFrom = ended.text().matches("done|fi|esac|}") ? closedFrom : -1;
        } else {
            words.add(ended);
        }
    }

    private boolean isQuoteFree(Word word) {
        return word.start() < text.length() && "\"'".indexOf(text.charAt(word.start())) < 0;
    }

    private boolean keyword(String name) {
        switch (name) {
            case "if", "while", "until" -> push(name, true);
            case "for", "select" -> {
                push("for", false);
                loopHead = true;
            }
            case "case" -> {
                push("case", false);
                loopHead = true;
            }
            case "then", "do" -> condition(false);
            case "elif" -> condition(true);
            case "else" -> condition(false);
            case "fi" -> pop("if");
            case "done" -> pop("loop");
            case "esac" -> pop("case");
            case "function" -> {
                push("function", false);
                loopHead = true;
            }
            case "{" -> {
                if (!loopHead) {
                    push("group", false);
                }
            }
            case "}" -> pop("group");
            case "!" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private void push(String kind, boolean condition) {
        if (blocks.size() < BLOCKS_MAX) {
            blocks.push(new Block(kind, commands.size(), condition));
        }
    }

    private void condition(boolean is) {
        if (!blocks.isEmpty()) {
            Block block = blocks.pop();
            blocks.push(new Block(block.kind(), block.from(), is));
        }
    }

    private void pop(String kind) {
        if (blocks.isEmpty()) {
            return;
        }
        String top = blocks.peek().kind();
        boolean fits =
                switch (kind) {
                    case "loop" -> top.equals("while") || top.equals("until") || top.equals("for");
                    case "group" -> top.equals("group") || top.equals("function");
                    default -> top.equals(kind);
                };
        if (fits) {
            closedFrom = blocks.pop().from();
        }
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
        if (loopHead) { // `for x in a b`, `case x in`, `function name`
            boolean body = !words.isEmpty();
            if (body || next == Link.NEXT) {
                words = new ArrayList<>();
                loopHead = false;
            }
            link = Link.NEXT;
            return;
        }
        if (words.isEmpty()) {
            if (background && closedFrom >= 0) {
                for (int i = closedFrom; i < commands.size(); i++) {
                    commands.set(i, inBackground(commands.get(i)));
                }
            }
            if (next != Link.NEXT || closedFrom >= 0) {
                link = next;
            }
            redirects = new ArrayList<>();
            return;
        }
        closedFrom = -1;
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
                        within(),
                        around.size() + blocks.size());
        commands.add(command);
        words = new ArrayList<>();
        redirects = new ArrayList<>();
        redirect = null;
        link = next;
        nestedIn(command, ended);
    }

    private static ShellCommand inBackground(ShellCommand one) {
        return new ShellCommand(
                one.place(),
                one.words(),
                one.redirects(),
                one.link(),
                true,
                one.within(),
                one.depth());
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
            } else if (remote && i > 1 && isRemoteStart(words, i)) {
                var rest = words.subList(i, words.size());
                String joined = String.join(" ", rest.stream().map(Word::text).toList());
                nest(joined, offset -> places.apply(offsetIn(rest, offset)), true);
                return;
            }
        }
    }

    /// Whether the words from here on are the command of `ssh`, given without quotes.
    private static boolean isRemoteStart(List<Word> words, int i) {
        return words.get(i)
                        .text()
                        .matches("cd|sudo|docker|docker-compose|kubectl|systemctl|bash|sh|git")
                && words.subList(i, words.size()).stream()
                        .noneMatch(one -> one.text().contains(" "));
    }

    private static int offsetIn(List<Word> words, int offset) {
        int left = offset;
        for (Word one : words) {
            if (left <= one.text().length()) {
                return one.offset(left);
            }
            left -= one.text().length() + 1;
        }
        return words.getLast().start();
    }
}
