package dev.pitcrew.read.proxy;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Configurations of HAProxy.
public final class HaproxyFormat implements Format {
    private static final Pattern FILES =
            Pattern.compile(".*(\\.cfg|\\.conf|haproxy.*)(\\.(j2|tmpl|tpl|template|erb))?");
    private static final Pattern OTHER_FILES =
            Pattern.compile(".*\\.(ya?ml|json|sh|py|java|go|md)");

    private static final Pattern SECTION =
            Pattern.compile("(?m)^(frontend|backend|listen)[ \\t]+\\S+");
    private static final Pattern LINE =
            Pattern.compile("(?m)^[ \\t]+(bind|server|default_backend|mode|timeout)[ \\t]");
    private static final List<String> SECTIONS =
            List.of("global", "defaults", "frontend", "backend", "listen");
    private static final List<String> OTHERS =
            List.of(
                    "userlist",
                    "peers",
                    "resolvers",
                    "mailers",
                    "program",
                    "cache",
                    "ring",
                    "http-errors",
                    "log-forward",
                    "fcgi-app",
                    "crt-list",
                    "crt-store",
                    "traces");

    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public boolean claims(SourceFile file) {
        return FILES.matcher(file.name()).matches()
                && !OTHER_FILES.matcher(file.name()).matches()
                && SECTION.matcher(file.text()).find()
                && LINE.matcher(file.text()).find();
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            HaproxyFacts.of(sections(file), found);
        }
    }

    /// A section.
    ///
    /// @param kind such as `frontend`
    /// @param place of the kind
    record Section(String kind, String name, Place place, List<Line> lines) {
        Section {
            lines = List.copyOf(lines);
        }
    }

    /// A line of a section.
    record Line(List<Located<String>> words) {
        Line {
            words = List.copyOf(words);
        }

        String word(int index) {
            return index < words.size() ? words.get(index).value() : "";
        }

        /// From one word on, in one line.
        String rest(int from) {
            return String.join(" ", words.stream().skip(from).map(Located::value).toList());
        }

        Place place() {
            return words.getFirst().place();
        }
    }

    static List<Section> sections(SourceFile file) {
        var sections = new ArrayList<Section>();
        var lines = new ArrayList<Line>();
        Line head = null;
        for (int number = 1; number <= file.lines(); number++) {
            var words = words(file, number);
            if (words.isEmpty()) {
                continue;
            }
            String first = words.getFirst().value();
            if (SECTIONS.contains(first) || OTHERS.contains(first)) {
                if (head != null) {
                    sections.add(new Section(head.word(0), head.word(1), head.place(), lines));
                }
                head = new Line(words);
                lines.clear();
            } else {
                lines.add(new Line(words));
            }
        }
        if (head != null) {
            sections.add(new Section(head.word(0), head.word(1), head.place(), lines));
        }
        return sections;
    }

    private static List<Located<String>> words(SourceFile file, int number) {
        String line = file.line(number);
        var words = new ArrayList<Located<String>>();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '#') {
                break;
            }
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            int start = at;
            var word = new StringBuilder();
            char quote = 0;
            while (at < line.length()) {
                c = line.charAt(at);
                if (quote == 0 && (Character.isWhitespace(c) || c == '#')) {
                    break;
                }
                if (c == '\\' && quote != '\'' && at + 1 < line.length()) {
                    word.append(line.charAt(++at));
                } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                    quote = quote == 0 ? c : 0;
                } else {
                    word.append(c);
                }
                at++;
            }
            words.add(new Located<>(word.toString(), file.place(number, start + 1)));
        }
        return words;
    }
}
