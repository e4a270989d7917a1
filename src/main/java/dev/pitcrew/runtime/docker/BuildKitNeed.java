package dev.pitcrew.runtime.docker;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.read.docker.Dockerfiles;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Something in a Dockerfile that the engine's own builder does not know.
///
/// @param place where it stands
/// @param what as it stands there
/// @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
record BuildKitNeed(Place place, String what) {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*(\\w+)\\s*=\\s*(\\S.*)");
    private static final Map<String, Set<String>> FLAGS =
            Map.of(
                    "RUN", Set.of("--mount", "--network", "--security"),
                    "COPY", Set.of("--chmod", "--link", "--parents", "--exclude"),
                    "ADD",
                            Set.of(
                                    "--chmod",
                                    "--link",
                                    "--checksum",
                                    "--exclude",
                                    "--keep-git-dir",
                                    "--unpack"));

    /// The first one; empty when the engine can build it by itself.
    static Optional<BuildKitNeed> of(SourceFile dockerfile) {
        return syntax(dockerfile)
                .or(
                        () ->
                                instructions(dockerfile).stream()
                                        .flatMap(one -> needs(one).stream())
                                        .findFirst());
    }

    /// Directives stand before everything else.
    private static Optional<BuildKitNeed> syntax(SourceFile file) {
        for (int i = 1; i <= file.lines(); i++) {
            var directive = DIRECTIVE.matcher(file.line(i));
            if (!directive.matches()) {
                return Optional.empty();
            }
            if (directive.group(1).equalsIgnoreCase("syntax")) {
                return Optional.of(new BuildKitNeed(file.place(i, 1), file.line(i).strip()));
            }
        }
        return Optional.empty();
    }

    private static List<Instruction> instructions(SourceFile file) {
        var all = new ArrayList<Instruction>();
        new Dockerfiles()
                .read(
                        List.of(file),
                        new Sources(List.of(file)),
                        new Found() {
                            @Override
                            public void fact(InfraFact fact) {
                                if (fact instanceof ImageBuild build) {
                                    build.stages()
                                            .forEach(stage -> all.addAll(stage.instructions()));
                                }
                            }

                            @Override
                            public void problem(
                                    Place place, String message) {} // the builder will say it
                        });
        return all;
    }

    private static Optional<BuildKitNeed> needs(Instruction one) {
        var known = FLAGS.get(one.kind());
        if (known == null) {
            return Optional.empty();
        }
        var flags =
                one.flags().stream().filter(flag -> known.contains(flag.value().split("=", 2)[0]));
        var heredocs = one.words().stream().filter(word -> word.value().matches("<<-?\\w+"));
        return Stream.concat(flags, heredocs)
                .findFirst()
                .map(found -> new BuildKitNeed(found.place(), one.kind() + " " + found.value()));
    }
}
