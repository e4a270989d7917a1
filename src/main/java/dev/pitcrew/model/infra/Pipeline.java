package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Optional;

/// A pipeline: a GitHub Actions workflow, a GitLab CI file, a declarative Jenkinsfile.
///
/// @param format `github-actions`, `gitlab-ci` or `jenkins`
/// @param name as it calls itself, else its path
/// @param triggers what starts it
/// @param permissions of its token, if they are said for all of it: `write-all`, or `contents:write` …
/// @param concurrency how its runs stand to each other, if it is said for all of it
/// @param variables for all jobs
/// @param jobs in the order of the file
public record Pipeline(
        String format,
        Place place,
        String name,
        List<Trigger> triggers,
        List<Located<String>> permissions,
        Optional<Concurrency> concurrency,
        List<Variable> variables,
        List<Job> jobs)
        implements InfraFact {
    public Pipeline {
        triggers = List.copyOf(triggers);
        permissions = List.copyOf(permissions);
        variables = List.copyOf(variables);
        jobs = List.copyOf(jobs);
    }

    /// What starts it by an event.
    public Optional<Trigger> trigger(String event) {
        return triggers.stream().filter(one -> one.event().equals(event)).findFirst();
    }

    /// The job of a name.
    public Optional<Job> job(String name) {
        return jobs.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /// @param event such as `push`, `pull_request`, `schedule`, `workflow_dispatch`
    /// @param filters branches, tags as `tag:v*`, or for a schedule its cron lines; empty: all
    public record Trigger(Place place, String event, List<Located<String>> filters) {
        public Trigger {
            filters = List.copyOf(filters);
        }
    }

    /// @param needs jobs that end well before it starts, those of earlier stages as well
    /// @param environment that it deploys to, if it says so
    /// @param concurrency of its own
    /// @param isManual whether someone must start it by hand
    /// @param mayFail where it says that its failure doesn't matter
    /// @param condition under which it runs at all
    /// @param isHosted whether it runs on a machine of the provider that no other job ever sees
    /// @param variables for its steps
    /// @param steps in order
    public record Job(
            Place place,
            String name,
            List<Located<String>> needs,
            Optional<Located<String>> environment,
            Optional<Concurrency> concurrency,
            boolean isManual,
            Optional<Place> mayFail,
            Optional<Located<String>> condition,
            boolean isHosted,
            List<Variable> variables,
            List<Step> steps) {
        public Job {
            needs = List.copyOf(needs);
            variables = List.copyOf(variables);
            steps = List.copyOf(steps);
        }

        /// The commands of all its steps.
        public List<ShellCommand> commands() {
            return steps.stream().flatMap(step -> step.commands().stream()).toList();
        }
    }

    /// @param name as it calls itself; may be empty
    /// @param uses the action, with its version, if it is one
    /// @param inputs of the action
    /// @param variables of its own
    /// @param run the script as written, if it is one, or the script that an action runs on a host
    /// @param commands of that script
    /// @param mayFail where it says that its failure doesn't matter
    /// @param condition under which it runs at all
    public record Step(
            Place place,
            String name,
            Optional<Located<String>> uses,
            List<Variable> inputs,
            List<Variable> variables,
            Optional<Located<String>> run,
            List<ShellCommand> commands,
            Optional<Place> mayFail,
            Optional<Located<String>> condition) {
        public Step {
            inputs = List.copyOf(inputs);
            variables = List.copyOf(variables);
            commands = List.copyOf(commands);
        }

        /// The value of an input.
        public Optional<String> input(String name) {
            return inputs.stream()
                    .filter(one -> one.name().equals(name))
                    .map(Variable::value)
                    .findFirst();
        }

        /// The action without its version; empty when it is none.
        public String action() {
            return uses.map(one -> one.value().replaceAll("@.*", "")).orElse("");
        }
    }

    /// @param value as it is written
    public record Variable(String name, Place place, String value) {}

    /// @param group whose runs wait for each other
    /// @param cancels where it says that a new run ends the one in progress, if it does
    public record Concurrency(Place place, String group, Optional<Place> cancels) {}
}
