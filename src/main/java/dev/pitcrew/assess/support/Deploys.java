package dev.pitcrew.assess.support;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.Pipeline.Step;
import dev.pitcrew.model.infra.ShellCommand;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells which commands, steps and jobs change a running system, and which of them try it out.
public final class Deploys {
    /// A cluster of a moment, for tests.
    private static final Pattern FOR_TESTS =
            Pattern.compile("(^|[/\\s_-])(tests?|e2e|kind|minikube|k3d)([/\\s._-]|$)");

    private Deploys() {}

    /// What a command deploys, in its own words; empty when it deploys nothing.
    public static Optional<Located<String>> by(ShellCommand command) {
        var verbs = command.arguments().stream().filter(one -> !one.startsWith("-")).toList();
        boolean remote = command.within().contains("remote");
        boolean deploys =
                switch (command.program()) {
                    case "docker", "podman" ->
                            isUp(verbs)
                                    || (verbs.contains("deploy") && verbs.contains("stack"))
                                    || (remote && verbs.contains("run"))
                                    || (verbs.contains("update") && verbs.contains("service"));
                    case "docker-compose" -> remote && verbs.contains("up");
                    case "kubectl", "oc" ->
                            (verbs.contains("apply") && !command.hasArgument("--dry-run=client"))
                                    || (verbs.contains("rollout") && verbs.contains("restart"))
                                    || (verbs.contains("set") && verbs.contains("image"));
                    case "helm" -> verbs.contains("upgrade") || verbs.contains("install");
                    case "systemctl" -> remote && verbs.contains("restart");
                    case "pm2", "supervisorctl" ->
                            remote && (verbs.contains("restart") || verbs.contains("reload"));
                    case "flyctl", "fly", "railway", "vercel", "serverless", "sls" ->
                            verbs.contains("deploy") || verbs.contains("up");
                    case "gcloud" -> verbs.contains("deploy");
                    case "aws" ->
                            verbs.contains("update-service")
                                    || verbs.contains("update-function-code");
                    default -> false;
                };
        boolean up = (command.runs("docker", "podman") && isUp(verbs)) && !remote;
        return deploys && !up && !FOR_TESTS.matcher(command.text()).find()
                ? Optional.of(new Located<>(shortened(command), command.place()))
                : Optional.empty();
    }

    private static boolean isUp(List<String> verbs) {
        return verbs.contains("compose")
                && verbs.indexOf("up") > verbs.indexOf("compose")
                && !verbs.contains("run");
    }

    private static String shortened(ShellCommand command) {
        String text = command.text().replaceAll("\\s+", " ");
        return text.contains("${{") || text.length() > 60
                ? command.program() + " " + command.verb().orElse("")
                : text;
    }

    private static final Pattern ACTION =
            Pattern.compile(
                    "(superfly/flyctl-actions(?!/setup)|akhileshns/heroku-deploy|aws-actions/amazon-ecs-deploy-task-definition|google-github-actions/deploy-.*|azure/(webapps-deploy|k8s-deploy)|Azure/(webapps-deploy|k8s-deploy)|digitalocean/app_action)(/.*)?");

    /// What a step deploys.
    public static Optional<Located<String>> by(Step step) {
        String action = step.action();
        if (ACTION.matcher(action).matches()) {
            return step.uses();
        }
        return step.commands().stream().flatMap(one -> by(one).stream()).findFirst();
    }

    /// What a job deploys.
    public static Optional<Located<String>> by(Job job) {
        return FOR_TESTS.matcher(job.name()).find()
                ? Optional.empty()
                : job.steps().stream().flatMap(step -> by(step).stream()).findFirst();
    }

    /// Whether someone, or a rule of the code host, must let it pass: an environment, a start by hand.
    public static boolean isGated(Pipeline pipeline, Job job) {
        return (job.environment().isPresent()
                        && !pipeline.format().equals("gitlab-ci")) // there it is a name alone
                || job.isManual();
    }

    /// Whether a push to a branch starts it with nobody's doing.
    public static Optional<Pipeline.Trigger> push(Pipeline pipeline, Job job) {
        String when = job.condition().map(Located::value).orElse("").toLowerCase(Locale.ROOT);
        if (when.contains("workflow_dispatch")
                || when.contains("schedule")
                || when.contains("tag")
                || when.contains("release")
                || when.contains("false")) {
            return Optional.empty();
        }
        return pipeline.trigger("push")
                .or(() -> pipeline.trigger("workflow_run"))
                .filter(
                        push ->
                                push.filters().isEmpty()
                                        || push.filters().stream()
                                                .anyMatch(one -> !one.value().startsWith("tag:")));
    }

    /// Whether a command tries the code out.
    public static boolean isTest(ShellCommand command) {
        var words = command.arguments();
        return switch (command.program()) {
            case "pytest", "tox", "nox", "jest", "vitest", "phpunit", "rspec", "ctest" -> true;
            case "python", "python3" ->
                    words.contains("pytest")
                            || words.contains("unittest")
                            || words.contains("test");
            case "poetry", "uv", "pipenv", "hatch", "pdm" ->
                    words.contains("pytest") || words.contains("test");
            case "npm", "yarn", "pnpm", "go", "cargo", "make", "gradle", "gradlew", "dotnet" ->
                    words.stream().anyMatch(word -> word.matches("test(:.*)?|check"));
            case "mvn", "mvnw" -> words.contains("test") || words.contains("verify");
            default -> false;
        };
    }
}
