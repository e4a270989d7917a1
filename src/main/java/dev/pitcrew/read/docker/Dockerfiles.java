package dev.pitcrew.read.docker;

import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import dev.pitcrew.model.infra.ImageBuild.Stage;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Dockerfiles and Containerfiles.
public final class Dockerfiles implements Format {
    private static final Pattern FILES = Pattern.compile("(docker|container)file([._-].*)?");
    private static final Pattern ENDED = Pattern.compile(".*\\.(docker|container)file");
    private static final Pattern OTHER_FILES =
            Pattern.compile(".*\\.(md|py|ts|js|go|sh|ya?ml|json|j2|erb|tpl|tmpl)");

    @Override
    public String name() {
        return "dockerfile";
    }

    @Override
    public boolean claims(SourceFile file) {
        String name = file.name().toLowerCase(Locale.ROOT);
        boolean named = FILES.matcher(name).matches() || ENDED.matcher(name).matches();
        return named && !name.endsWith(".dockerignore") && !OTHER_FILES.matcher(name).matches();
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            read(file, found);
        }
    }

    private static void read(SourceFile file, Found found) {
        var instructions = new Instructions(file).all();
        var arguments = new ArrayList<Instruction>();
        var stages = new ArrayList<Stage>();
        var known = new LinkedHashMap<String, String>();
        var body = new ArrayList<Instruction>();
        Instruction from = null;
        for (Instruction one : instructions) {
            if (one.is("FROM")) {
                if (from != null) {
                    stages.add(stage(stages.size(), from, body, known));
                }
                from = one;
                body.clear();
            } else if (from == null) {
                arguments.add(one);
                remember(one, known);
            } else {
                body.add(one);
            }
        }
        if (from == null || from.words().isEmpty()) {
            found.problem(
                    file.place(1, 1),
                    "no FROM was found, so this is no Dockerfile that can be built");
            return;
        }
        stages.add(stage(stages.size(), from, body, known));
        found.fact(new ImageBuild(instructions.getFirst().place(), arguments, stages));
    }

    private static Stage stage(
            int number, Instruction from, List<Instruction> body, Map<String, String> global) {
        var words = from.words();
        String name =
                words.size() >= 3 && words.get(1).value().equalsIgnoreCase("as")
                        ? words.get(2).value().toLowerCase(Locale.ROOT)
                        : String.valueOf(number);
        var base =
                words.isEmpty()
                        ? new dev.pitcrew.model.Located<>("", from.place())
                        : words.getFirst().as(Arguments.filled(words.getFirst().value(), global));
        var known = new LinkedHashMap<String, String>();
        var filled = new ArrayList<Instruction>();
        for (Instruction one : body) {
            if (one.is("ARG") && one.words().size() == 1) {
                String bare = one.words().getFirst().value();
                String before = global.get(bare);
                if (before != null) {
                    known.put(bare, before);
                }
            }
            filled.add(Arguments.fill(one, known));
            remember(one, known);
        }
        return new Stage(from.place(), name, base, filled);
    }

    private static void remember(Instruction one, Map<String, String> known) {
        if (!one.is("ARG") && !one.is("ENV")) {
            return;
        }
        var words = one.words();
        if (one.is("ENV") && words.size() == 2 && !words.getFirst().value().contains("=")) {
            known.put(words.get(0).value(), Arguments.filled(words.get(1).value(), known));
            return;
        }
        for (var word : words) {
            int equals = word.value().indexOf('=');
            if (equals > 0) {
                known.put(
                        word.value().substring(0, equals),
                        Arguments.filled(word.value().substring(equals + 1), known));
            }
        }
    }
}
