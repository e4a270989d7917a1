package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is done to a group of hosts, task by task: a play of Ansible.
///
/// @param format of the file: `ansible`
/// @param place where it begins
/// @param hosts the groups or hosts, as they are written
/// @param serial how many at a time, if it says so; all at once otherwise
/// @param tasks in order, those of its roles and of files that it takes in as well
/// @param handlers that tasks may call; each runs once, after them
/// @param isWhole whether all that it takes in lies in the repository
public record HostPlay(
        String format,
        Place place,
        Located<String> hosts,
        Optional<Located<String>> serial,
        List<HostTask> tasks,
        List<HostTask> handlers,
        boolean isWhole)
        implements InfraFact {
    public HostPlay {
        tasks = List.copyOf(tasks);
        handlers = List.copyOf(handlers);
    }

    /// The handlers that its tasks call, directly or through one another.
    public List<HostTask> called() {
        return handlers.stream()
                .filter(one -> calls().anyMatch(call -> one.hears(call.value())))
                .toList();
    }

    /// The names that its tasks and handlers call.
    public Stream<Located<String>> calls() {
        return Stream.concat(tasks.stream(), handlers.stream())
                .flatMap(one -> one.notifies().stream());
    }

    /// One thing that is done.
    ///
    /// @param place of its module
    /// @param name as it calls itself; may be empty
    /// @param module without the collection of Ansible itself, such as `systemd` or `template`
    /// @param arguments of the module
    /// @param notifies names of handlers
    /// @param listens other names by which a handler is called
    /// @param commands where it runs some
    public record HostTask(
            Place place,
            String name,
            String module,
            List<Setting> arguments,
            List<Located<String>> notifies,
            List<String> listens,
            List<ShellCommand> commands) {
        public HostTask {
            arguments = List.copyOf(arguments);
            notifies = List.copyOf(notifies);
            listens = List.copyOf(listens);
            commands = List.copyOf(commands);
        }

        /// The value of an argument.
        public Optional<Located<String>> argument(String key) {
            return arguments.stream()
                    .filter(one -> one.name().equals(key))
                    .findFirst()
                    .map(Setting::value);
        }

        /// Whether a handler is meant by a name.
        public boolean hears(String call) {
            return name.equals(call)
                    || listens.contains(call)
                    || call.endsWith(" : " + name); // with the name of its role
        }

        /// The service that it ends and starts again, if it does.
        public Optional<Located<String>> restarts() {
            boolean isIt =
                    module.matches("service|systemd|systemd_service")
                            && argument("state")
                                    .filter(one -> one.value().equals("restarted"))
                                    .isPresent();
            return isIt ? argument("name") : byCommand();
        }

        private Optional<Located<String>> byCommand() {
            return commands.stream()
                    .filter(one -> one.runs("systemctl") && one.hasArgument("restart"))
                    .flatMap(one -> one.words().stream())
                    .filter(one -> !one.value().matches("sudo|systemctl|restart|-.*"))
                    .findFirst();
        }
    }
}
