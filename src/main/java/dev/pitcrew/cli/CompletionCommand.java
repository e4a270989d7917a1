package dev.pitcrew.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew completion bash|zsh|fish`: the script that completes verbs and options, made from the verbs themselves.
@Command(
        description = {
            "bash: `source <(pitcrew completion bash)` in ~/.bashrc. zsh: the same in ~/.zshrc. fish: `pitcrew completion fish | source` in ~/.config/fish/config.fish. It needs no system file."
        })
final class CompletionCommand implements Callable<ExitCode> {
    private static final String NAME = "pitcrew";

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh|fish", description = "For which shell.")
    private Shell shell;

    @Mixin private FormOption form = new FormOption();

    /// For picocli, which fills the fields in.
    @SuppressWarnings("NullAway.Init")
    CompletionCommand() {}

    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Override
    public ExitCode call() {
        var script =
                switch (shell) {
                    case BASH -> bash();
                    case ZSH -> "autoload -U +X compinit && compinit\n" + bash();
                    case FISH -> fish();
                };
        spec.commandLine()
                .getOut()
                .println(
                        form.isJson()
                                ? DeskCommand.json(
                                        Map.of(
                                                "shell",
                                                dev.pitcrew.model.Words.of(shell),
                                                "script",
                                                script))
                                : script.stripTrailing());
        return ExitCode.OK;
    }

    /// picocli's script; zsh runs it by way of bashcompinit, which it calls itself.
    private static String bash() {
        var root = new CommandLine(CommandSpec.create().name(NAME));
        for (Verb verb : Verbs.ALL) {
            root.addSubcommand(verb.name(), line(verb));
        }
        return AutoComplete.bash(NAME, root);
    }

    private static CommandLine line(Verb verb) {
        var line = new CommandLine(verb.command().get());
        line.setCommandName(verb.name());
        line.getCommandSpec().addOption(Main.help());
        return line;
    }

    private static String fish() {
        var text = new StringBuilder();
        for (Verb verb : Verbs.ALL) {
            text.append(
                    "complete -c %s -f -n __fish_use_subcommand -a %s -d '%s'%n"
                            .formatted(NAME, verb.name(), quoted(verb.summary())));
            for (OptionSpec option : line(verb).getCommandSpec().options()) {
                text.append(
                        "complete -c %s -n '__fish_seen_subcommand_from %s' -l %s%s -d '%s'%n"
                                .formatted(
                                        NAME,
                                        verb.name(),
                                        option.longestName().substring(2),
                                        option.arity().max() > 0 ? " -r" : "",
                                        quoted(firstSentence(option))));
            }
        }
        return text.toString();
    }

    private static String firstSentence(OptionSpec option) {
        var all = String.join(" ", option.description());
        var end = all.indexOf(". ");
        return end < 0 ? all : all.substring(0, end + 1);
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
