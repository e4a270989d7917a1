package dev.pitcrew.cli;

import java.util.List;
import java.util.Optional;

/// All verbs. To add one, write its class and add its line here, in the order of the alphabet.
final class Verbs {
    static final List<Verb> ALL =
            List.of(
                    new Verb("abort", "End the rollout underway", AbortCommand::new),
                    new Verb(
                            "adopt",
                            "Say what runs of a Compose project, and what differs from its files",
                            AdoptCommand::new),
                    new Verb("approve", "Approve a change that waits for it", ApproveCommand::new),
                    new Verb(
                            "assess",
                            "Say what is wrong with a repository's infrastructure, and where",
                            AssessCommand::new),
                    new Verb(
                            "balancer",
                            "Print what HAProxy or nginx has to be started with",
                            BalancerCommand::new),
                    new Verb("check", "Test your own checks, or begin one", CheckCommand::new),
                    new Verb(
                            "completion",
                            "Print what completes our words in a shell",
                            CompletionCommand::new),
                    new Verb(
                            "demo",
                            "Show all of it on one machine: changes, failures, a kill, an audit",
                            DemoCommand::new),
                    new Verb(
                            "deploy",
                            "Move a service to another version, or show the plan",
                            DeployCommand::new),
                    new Verb(
                            "down",
                            "Bring the desk down, unless orders are open",
                            DownCommand::new),
                    new Verb(
                            "explain",
                            "Show a check's page: why it matters and what to do",
                            ExplainCommand::new),
                    new Verb("freeze", "Let no rollout begin until thaw", FreezeCommand::new),
                    new Verb(
                            "graph",
                            "Show the services of a repository, and who uses whom",
                            GraphCommand::new),
                    new Verb(
                            "harden",
                            "Mend what assess finds, where that is safe, or show the patch",
                            HardenCommand::new),
                    new Verb(
                            "image",
                            "Build or pull what a version runs, before it is deployed",
                            ImageCommand::new),
                    new Verb(
                            "init",
                            "Write a first pitcrew.yaml for a repository",
                            InitCommand::new),
                    new Verb(
                            "judge",
                            "Say whether a new version is worse, from what two versions did",
                            JudgeCommand::new),
                    new Verb(
                            "kill", "Stop all order flow, whatever else is dead", KillCommand::new),
                    new Verb(
                            "ledger",
                            "Show, verify, prove, checkpoint, export or copy the ledger",
                            LedgerCommand::new),
                    new Verb("logs", "Show what an instance printed", LogsCommand::new),
                    new Verb(
                            "market",
                            "Tell when venues trade, and when a change may begin",
                            MarketCommand::new),
                    new Verb("open", "Say whether the day may begin", OpenCommand::new),
                    new Verb("operator", "Add, list or remove operators", OperatorCommand::new),
                    new Verb(
                            "promote",
                            "Move a version that serves in one environment on to the next",
                            PromoteCommand::new),
                    new Verb("rearm", "Let a killed or stuck service go on", RearmCommand::new),
                    new Verb(
                            "reassess",
                            "Close an emergency change that another person took on",
                            ReassessCommand::new),
                    new Verb("rollback", "Go back to the last good version", RollbackCommand::new),
                    new Verb("schema", "Print the JSON Schema of pitcrew.yaml", SchemaCommand::new),
                    new Verb("server", "Run the controller in the foreground", ServerCommand::new),
                    new Verb(
                            "status",
                            "Show what runs, what is underway, what needs a person",
                            StatusCommand::new),
                    new Verb("thaw", "Allow changes again", ThawCommand::new),
                    new Verb(
                            "up",
                            "Bring the desk up, with a controller if none runs",
                            UpCommand::new),
                    new Verb(
                            "witness",
                            "Remember the checkpoints of other ledgers",
                            WitnessCommand::new));

    private Verbs() {}

    static Optional<Verb> named(String name) {
        for (Verb verb : ALL) {
            if (verb.name().equals(name)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
