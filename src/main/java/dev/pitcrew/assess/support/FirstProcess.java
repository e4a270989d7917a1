package dev.pitcrew.assess.support;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells whether the signal to stop, which the engine sends to process 1 alone, reaches the program of an image.
public final class FirstProcess {
    private FirstProcess() {}

    /// What stands between the signal and the program.
    ///
    /// @param place where to change it
    /// @param program that never hears the signal
    /// @param because in half a sentence
    /// @param image the instruction that starts it
    public record Deaf(Place place, String program, String because, Place image) {}

    /// What keeps the signal from the program; empty when nothing does, or when that can't be told.
    public static Optional<Deaf> deaf(Subject subject, ImageBuild build) {
        var containers = OrderPath.containers(subject, build);
        if (!containers.isEmpty()
                && containers.stream()
                        .noneMatch(one -> one.entrypoint().isEmpty() && one.command().isEmpty())) {
            return Optional.empty(); // the image's own command is never used
        }
        var starts = build.effective("ENTRYPOINT").or(() -> build.effective("CMD"));
        return starts.flatMap(start -> deaf(subject, build, start));
    }

    private static Optional<Deaf> deaf(Subject subject, ImageBuild build, Instruction start) {
        if (start.text().matches("(?s).*\\b(tini|dumb-init|s6-|supervisord|/init)\\b.*")) {
            return Optional.empty();
        }
        var script = script(subject, build, start);
        if (script.isPresent()) {
            return ofScript(script.get(), start);
        }
        return hasBash(build) ? Optional.empty() : ofShell(start);
    }

    private static Optional<Deaf> ofShell(Instruction start) {
        var commands = start.commands().stream().filter(one -> one.within().isEmpty()).toList();
        if (commands.isEmpty()
                || start.commands().stream().anyMatch(one -> one.isExec() || one.runs("trap"))) {
            return Optional.empty();
        }
        var last = commands.getLast();
        return last.program().isEmpty() || isOver(last)
                ? Optional.empty()
                : Optional.of(
                        new Deaf(
                                start.place(),
                                name(last),
                                "%s is in shell form, so /bin/sh is process 1 and keeps the signal to itself"
                                        .formatted(start.kind()),
                                start.place()));
    }

    private static Optional<Deaf> ofScript(Script script, Instruction start) {
        var commands = script.commands();
        if (commands.stream().anyMatch(one -> one.isExec() || one.runs("trap"))) {
            return Optional.empty();
        }
        var last = commands.stream().filter(one -> one.within().isEmpty()).reduce((_, one) -> one);
        return last.filter(one -> !isOver(one) && !one.isBackground())
                .map(
                        one ->
                                new Deaf(
                                        one.place(),
                                        name(one),
                                        "%s starts it as a child rather than with exec"
                                                .formatted(Paths.name(script.place().file())),
                                        start.place()));
    }

    /// The script that an image starts with, when the repository has one file of its name.
    public static Optional<Script> script(Subject subject, ImageBuild build, Instruction start) {
        var words = start.words().stream().map(Located::value).toList();
        var named =
                words.stream()
                        .limit(2)
                        .filter(word -> word.endsWith(".sh") || word.contains("entrypoint"))
                        .findFirst();
        if (named.isEmpty() || (!start.isExec() && words.size() > 1)) {
            return Optional.empty();
        }
        String name = Paths.name(named.get());
        List<Script> all =
                subject.all(Script.class).stream()
                        .filter(one -> Paths.name(one.place().file()).equals(name))
                        .toList();
        String folder = Paths.folder(build.place().file());
        return all.size() == 1
                ? Optional.of(all.getFirst())
                : all.stream()
                        .filter(one -> Paths.folder(one.place().file()).equals(folder))
                        .findFirst();
    }

    private static final Pattern BASH =
            Pattern.compile(
                    ".*(fedora|centos|rocky|alma|ubi[0-9]|amazonlinux|oraclelinux|redhat|archlinux|windows|nanoserver).*");

    /// Bash takes the place of its last command with it; dash and busybox don't.
    private static boolean hasBash(ImageBuild build) {
        return build.effective("SHELL").filter(one -> one.text().contains("bash")).isPresent()
                || BASH.matcher(build.base().value()).matches();
    }

    private static boolean isOver(ShellCommand command) {
        return command.runs("echo", "exit", "true", "printf", "wait", "set", "cd", "export", "");
    }

    private static String name(ShellCommand command) {
        return command.program()
                + command.verb().filter(verb -> verb.length() < 40).map(" "::concat).orElse("");
    }
}
