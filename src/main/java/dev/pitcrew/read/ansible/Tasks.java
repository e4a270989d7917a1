package dev.pitcrew.read.ansible;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.HostPlay.HostTask;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.read.shell.Shell;
import dev.pitcrew.read.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One task as it is written.
final class Tasks {
    private static final Set<String> KEYWORDS =
            Set.of(
                    "name",
                    "when",
                    "notify",
                    "listen",
                    "become",
                    "become_user",
                    "become_method",
                    "tags",
                    "register",
                    "loop",
                    "loop_control",
                    "vars",
                    "environment",
                    "ignore_errors",
                    "ignore_unreachable",
                    "failed_when",
                    "changed_when",
                    "delegate_to",
                    "delegate_facts",
                    "run_once",
                    "until",
                    "retries",
                    "delay",
                    "no_log",
                    "check_mode",
                    "diff",
                    "args",
                    "async",
                    "poll",
                    "any_errors_fatal",
                    "throttle",
                    "timeout",
                    "connection",
                    "remote_user",
                    "module_defaults",
                    "collections",
                    "port",
                    "first_available_file");
    private static final Set<String> SHELLS = Set.of("shell", "command", "raw", "script");
    private static final Pattern JINJA = Pattern.compile("\\{\\{[^{}]{0,300}\\}\\}");
    private static final Pattern PAIR = Pattern.compile("([a-z_]{1,40})=(\"[^\"]*\"|'[^']*'|\\S*)");

    private Tasks() {}

    /// The entry that names its module.
    static Optional<Node.Entry> module(Node task) {
        return task.entriesAt().stream()
                .filter(one -> !KEYWORDS.contains(one.name()) && !one.name().startsWith("with_"))
                .findFirst();
    }

    /// A module's name without the collection of Ansible itself.
    static String plain(String module) {
        return module.replaceFirst("^ansible\\.(builtin|legacy|windows)\\.", "");
    }

    static Optional<HostTask> of(Node task) {
        return module(task)
                .map(
                        module ->
                                new HostTask(
                                        module.key().place(),
                                        task.scalarAt("name").map(Node.Scalar::text).orElse(""),
                                        plain(module.name()),
                                        arguments(task, module),
                                        texts(task, "notify"),
                                        texts(task, "listen").stream().map(Located::value).toList(),
                                        commands(module)));
    }

    private static List<Setting> arguments(Node task, Node.Entry module) {
        var settings = new ArrayList<Setting>();
        var entries = new ArrayList<>(module.value().entriesAt());
        entries.addAll(task.entriesAt("args"));
        for (var one : entries) {
            if (one.value() instanceof Node.Scalar value) {
                settings.add(
                        new Setting(
                                "ansible",
                                one.name(),
                                one.key().place(),
                                new Located<>(value.text(), value.place())));
            }
        }
        if (module.value() instanceof Node.Scalar text && text.text().length() < 4000) {
            var pair = PAIR.matcher(text.text());
            while (pair.find() && !SHELLS.contains(plain(module.name()))) {
                String value = pair.group(2).replaceAll("^(['\"])(.*)\\1$", "$2");
                settings.add(
                        new Setting(
                                "ansible",
                                pair.group(1),
                                text.place(),
                                new Located<>(value, text.place())));
            }
        }
        return settings;
    }

    private static List<ShellCommand> commands(Node.Entry module) {
        if (!SHELLS.contains(plain(module.name()))) {
            return List.of();
        }
        var text =
                module.value() instanceof Node.Scalar one
                        ? Optional.of(one)
                        : module.value().scalarAt("cmd");
        return text.filter(one -> one.text().length() < 20_000)
                .map(one -> Shell.parse(tight(one.text()), _ -> one.place()))
                .orElse(List.of());
    }

    /// What Jinja fills in is one word, or a part of one.
    private static String tight(String text) {
        return JINJA.matcher(text)
                .replaceAll(one -> Matcher.quoteReplacement(one.group().replaceAll("\\s", "")));
    }

    /// One text, or those of a list.
    static List<Located<String>> texts(Node node, String key) {
        var one = node.scalarAt(key);
        return (one.isPresent() ? List.of(one.get()) : node.scalarsAt(key))
                .stream().map(text -> new Located<>(text.text(), text.place())).toList();
    }
}
