package dev.pitcrew.read.alembic;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Migration;
import dev.pitcrew.model.infra.Migration.Dialect;
import dev.pitcrew.model.infra.Revision;
import dev.pitcrew.read.alembic.PythonTokens.Token;
import dev.pitcrew.read.sql.Dialects;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Revisions of Alembic: Python files that say which one they follow.
public final class AlembicFormat implements Format {
    private static final Pattern FOLLOWS =
            Pattern.compile("(?m)^down_revision\\s{0,20}(:[^=\\n]{0,200})?=");

    private static final Pattern URL =
            Pattern.compile("(?m)^sqlalchemy\\.url[ \\t]*=[ \\t]*(postgres|mysql|mariadb|sqlite)");

    @Override
    public String name() {
        return "alembic";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().endsWith(".py") && FOLLOWS.matcher(file.text()).find();
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        var series = new TreeMap<String, List<One>>();
        for (SourceFile file : files) {
            var one = one(file);
            if (one.isPresent()) {
                series.computeIfAbsent(file.folder(), _ -> new ArrayList<>()).add(one.get());
            } else {
                found.problem(
                        file.place(1, 1),
                        "says which revision it follows and not which one it is, so Alembic ignores it; set revision");
            }
        }
        series.forEach((name, all) -> read(name, all, sources, found));
    }

    /// A file, taken apart.
    record One(SourceFile file, List<Token> tokens, Revision revision) {}

    private static Optional<One> one(SourceFile file) {
        var tokens = PythonTokens.of(file.text());
        var ids = assigned(tokens, "revision", file);
        return ids.stream()
                .findFirst()
                .map(
                        id ->
                                new One(
                                        file,
                                        tokens,
                                        new Revision(
                                                "alembic",
                                                id.place(),
                                                file.folder(),
                                                id.value(),
                                                assigned(tokens, "down_revision", file),
                                                !assigned(tokens, "branch_labels", file)
                                                        .isEmpty())));
    }

    /// The strings that a name at the top is given.
    private static List<Located<String>> assigned(
            List<Token> tokens, String name, SourceFile file) {
        int at = 0;
        while (at < tokens.size()
                && !(tokens.get(at).isName(name)
                        && tokens.get(at).isFirst()
                        && tokens.get(at).column() == 0)) {
            at++;
        }
        while (at < tokens.size() && !tokens.get(at).is("=")) {
            at++;
        }
        var strings = new ArrayList<Located<String>>();
        int from = at + 1;
        for (int i = from; i < tokens.size(); i++) {
            Token one = tokens.get(i);
            boolean isNext = one.isFirst() && one.column() == 0 && !one.is(")") && !one.is("]");
            if (isNext || strings.size() > 50) {
                break;
            }
            if (one.kind() == '\'') {
                strings.add(new Located<>(one.text(), file.place(one.at())));
            }
        }
        return strings;
    }

    private static void read(String name, List<One> all, Sources sources, Found found) {
        Dialect dialect =
                all.stream()
                        .map(one -> Dialects.of(one.file().text()))
                        .filter(one -> one != Dialect.UNKNOWN)
                        .findFirst()
                        .orElseGet(() -> configured(sources));
        var ordered = RevisionOrder.of(all);
        for (int i = 0; i < ordered.size(); i++) {
            One one = ordered.get(i);
            found.fact(one.revision());
            found.fact(
                    new Migration(
                            "alembic",
                            one.file().place(1, 1),
                            name,
                            i,
                            ordered.size() - 1 - i,
                            dialect,
                            Operations.of(one.tokens(), one.file()::place)));
        }
    }

    /// As `alembic.ini` or its `env.py` says.
    private static Dialect configured(Sources sources) {
        return sources.all().stream()
                .filter(one -> one.name().equals("alembic.ini"))
                .map(one -> dialect(one.text()))
                .findFirst()
                .orElse(Dialect.UNKNOWN);
    }

    private static Dialect dialect(String text) {
        var url = URL.matcher(text);
        return !url.find()
                ? Dialect.UNKNOWN
                : switch (url.group(1)) {
                    case "postgres" -> Dialect.POSTGRESQL;
                    case "sqlite" -> Dialect.SQLITE;
                    default -> Dialect.MYSQL;
                };
    }
}
