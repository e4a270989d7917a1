package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Dockerfile.
///
/// @param place its first instruction
/// @param arguments the `ARG`s before the first stage
/// @param stages in order; the last one is the image, unless a build names another
public record ImageBuild(Place place, List<Instruction> arguments, List<Stage> stages)
        implements InfraFact {
    public ImageBuild {
        arguments = List.copyOf(arguments);
        stages = List.copyOf(stages);
    }

    @Override
    public String format() {
        return "dockerfile";
    }

    /// The stage that becomes the image.
    public Stage last() {
        return stages.getLast();
    }

    /// The instructions that make the image, those of the stages that it is built on as well, the oldest first.
    public List<Instruction> lineage() {
        var lineage = new ArrayList<Instruction>();
        Optional<Stage> stage = Optional.of(last());
        for (int i = 0; stage.isPresent() && i <= stages.size(); i++) { // a stage may name itself
            lineage.addAll(0, stage.get().instructions());
            stage = stage.flatMap(this::parent);
        }
        return lineage;
    }

    /// What the image stands on in the end: no stage of this file.
    public Located<String> base() {
        Stage stage = last();
        for (int i = 0; i <= stages.size(); i++) {
            var parent = parent(stage);
            if (parent.isEmpty()) {
                break;
            }
            stage = parent.get();
        }
        return stage.base();
    }

    /// The instruction of a kind that holds in the end; of `ONBUILD` none does here.
    public Optional<Instruction> effective(String kind) {
        return lineage().reversed().stream().filter(one -> one.is(kind)).findFirst();
    }

    /// The stage of this file that another one is built on.
    private Optional<Stage> parent(Stage stage) {
        return stages.stream()
                .takeWhile(one -> !one.equals(stage))
                .filter(one -> one.name().equalsIgnoreCase(stage.base().value()))
                .reduce((_, later) -> later);
    }

    /// @param name as it is called, or its number from 0
    /// @param base the image or stage, its arguments put in where they are known
    public record Stage(
            Place place, String name, Located<String> base, List<Instruction> instructions) {
        public Stage {
            instructions = List.copyOf(instructions);
        }
    }

    /// @param place of its keyword
    /// @param kind in capitals, such as `RUN`
    /// @param flags such as `--from=build`
    /// @param words of the JSON form, or the text's words
    /// @param isExec whether it has the JSON form
    /// @param commands of `RUN`, `CMD`, `ENTRYPOINT` and `HEALTHCHECK` in shell form, and of `sh -c` in the other
    public record Instruction(
            Place place,
            String kind,
            List<Located<String>> flags,
            List<Located<String>> words,
            boolean isExec,
            List<ShellCommand> commands) {
        public Instruction {
            flags = List.copyOf(flags);
            words = List.copyOf(words);
            commands = List.copyOf(commands);
        }

        /// Whether it is of a kind.
        public boolean is(String other) {
            return kind.equals(other);
        }

        /// The value of a flag: `--NAME=VALUE`.
        public Optional<String> flag(String name) {
            return flags.stream()
                    .map(Located::value)
                    .filter(flag -> flag.startsWith("--" + name + "="))
                    .map(flag -> flag.substring(name.length() + 3))
                    .findFirst();
        }

        /// In one line, without flags.
        public String text() {
            return String.join(" ", words.stream().map(Located::value).toList());
        }
    }
}
