package dev.pitcrew.app.init;

import dev.pitcrew.app.init.Ground.Service;
import dev.pitcrew.app.init.Question.Name;
import dev.pitcrew.model.infra.Duty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The text of a system file: short, each line with where it was read, and what nobody could read as a question.
final class SystemText {
    private final Ground ground;
    private final List<Question> questions;
    private final Map<String, String> refused;
    private final List<Service> carried;
    private final Sheet sheet = new Sheet();

    /// @param refused services that can't be in the file, by their own names, each with why
    SystemText(Ground ground, List<Question> questions, Map<String, String> refused) {
        this.ground = ground;
        this.questions = questions;
        this.refused = refused;
        this.carried =
                ground.services().stream()
                        .filter(one -> !one.isLeft() && !refused.containsKey(one.original()))
                        .toList();
    }

    String text() {
        head();
        sheet.gap();
        sheet.line(0, "system: " + ground.name());
        from();
        sheet.gap();
        services();
        open();
        sheet.gap();
        new EnvironmentText(ground, questions, sheet).environments();
        return sheet.text();
    }

    private void head() {
        sheet.note(
                0,
                "Begun by `pitcrew init`: beside a line stands where it was read. A line that begins with Question nobody could read; `pitcrew up --plan` says whether the file holds.");
        switch (ground.origin()) {
            case COMPOSE -> compose();
            case UNITS ->
                    several(
                            carried,
                            "Pitcrew starts processes of its own. So that never two send orders, end systemd's before the first `pitcrew up`:",
                            "systemctl disable --now ");
            case CLUSTER ->
                    sheet.note(
                            0,
                            "This desk runs on Kubernetes, and Pitcrew has no runtime for that: a copy started here would be a second sender. So it starts nothing; assess, harden and graph know these manifests. A service that is to leave the cluster can be said below.");
            case IMAGES, PROGRAMS ->
                    sheet.note(
                            0,
                            "Nothing here says how these are started; stop whatever does before the first `pitcrew up`, so that never two send orders.");
            case NONE ->
                    sheet.note(
                            0,
                            "No service was found: neither Compose, systemd, Kubernetes, a Dockerfile nor a program that a package names.");
        }
        for (String other : ground.others()) {
            sheet.note(0, "Not in this file: " + other + ".");
        }
    }

    private void compose() {
        String files =
                "docker compose "
                        + ground.files().stream()
                                .map(one -> "-f " + one + " ")
                                .collect(Collectors.joining());
        several(
                carried,
                "Pitcrew starts containers of its own. So that never two send orders, stop Compose's before the first `pitcrew up`:",
                files + "stop ");
        if (!carried.isEmpty()) {
            several(
                    ground.services().stream()
                            .filter(one -> one.isLeft() && !isWatcher(one))
                            .toList(),
                    "What is left to Compose, without what Pitcrew starts:",
                    files + "up -d --no-deps ");
        }
    }

    private static boolean isWatcher(Service one) {
        return one.because().matches("(?i).*(watchtower|ouroboros).*");
    }

    private void several(List<Service> some, String what, String command) {
        if (!some.isEmpty()) {
            sheet.note(0, what);
            sheet.line(
                    0,
                    "#   "
                            + command
                            + some.stream()
                                    .map(Service::original)
                                    .collect(Collectors.joining(" ")));
        }
    }

    private void from() {
        if (ground.origin() != Origin.COMPOSE) {
            return;
        }
        var left = ground.services().stream().filter(one -> !carried.contains(one)).toList();
        boolean isUsual =
                ground.files().size() == 1
                        || ground.files().getLast().matches(".*\\.override\\.ya?ml");
        if (left.isEmpty() && ground.profiles().isEmpty() && isUsual) {
            sheet.line(0, "from: " + Sheet.scalar(ground.files().getFirst()));
            return;
        }
        sheet.line(0, "from:");
        sheet.line(1, "files: " + Sheet.list(ground.files()));
        if (!ground.profiles().isEmpty()) {
            sheet.line(
                    1,
                    "profiles: " + Sheet.list(ground.profiles()),
                    "what trades starts under it alone");
        }
        if (!left.isEmpty()) {
            sheet.line(1, "without:", "left to Compose; the others find them by name");
            left.forEach(one -> sheet.line(2, "- " + Sheet.scalar(one.original()), why(one)));
        }
    }

    private String why(Service left) {
        return Optional.ofNullable(refused.get(left.original()))
                .filter(one -> !one.isEmpty())
                .orElseGet(
                        () ->
                                isWatcher(left)
                                        ? "replaces containers behind Pitcrew's back: stop it, "
                                                + Said.place(left.place())
                                        : "%s: %s, %s"
                                                .formatted(
                                                        left.duty().text(),
                                                        left.because(),
                                                        Said.place(left.place())));
    }

    private void services() {
        if (carried.isEmpty()) {
            sheet.line(0, "services: {}", "Question: " + nothing());
            boolean isFree = ground.origin() != Origin.COMPOSE;
            if (isFree) {
                told();
                sheet.note(0, "One looks like this:");
                sheet.line(1, "# gateway:");
                sheet.line(1, "#   role: order-entry");
                sheet.line(1, "#   command: [/opt/desk/bin/gateway]");
                sheet.line(
                        1,
                        "#   singleActive: {fence: [process], drain: {policy: wait, limit: 10s}}");
            }
            return;
        }
        sheet.line(0, "services:");
        if (question(Name.SENDERS).chosen().isEmpty()) {
            sheet.question(
                    1,
                    "which service sends orders? Nothing tells it. Give it this, so that never two of it run:",
                    "  role: order-entry, and singleActive: {fence: [process], drain: {policy: wait, limit: 10s}}");
        }
        var writer = new ServiceText(ground, questions, carried, sheet);
        carried.forEach(writer::write);
        told();
        writer.shared()
                .forEach(
                        (ask, names) -> {
                            sheet.gap();
                            sheet.question(
                                    0,
                                    "of %s: %s".formatted(String.join(", ", names), ask.question()),
                                    ask.example());
                        });
        String named =
                carried.stream()
                        .map(writer::named)
                        .filter(one -> !one.isEmpty())
                        .collect(Collectors.joining(", "));
        if (!named.isEmpty()) {
            sheet.gap();
            sheet.question(
                    0,
                    "how do these find others? They name them, and Pitcrew's containers answer to no name unless they are given one, which two versions side by side would share: "
                            + named,
                    "  container: {networks: {NETWORK: [NAME]}}");
        }
    }

    private String nothing() {
        return switch (ground.origin()) {
            case COMPOSE -> "nothing of this project can be carried over; from says why";
            case CLUSTER -> "which of them are to run here?";
            default -> "which programs are this desk?";
        };
    }

    /// Services that aren't in the file, outside Compose, where `without` has them.
    private void told() {
        if (ground.origin() == Origin.COMPOSE) {
            return;
        }
        var left = ground.services().stream().filter(one -> !carried.contains(one)).toList();
        if (!left.isEmpty()) {
            sheet.note(0, "Left where they are:");
            left.forEach(one -> sheet.note(0, "- " + one.original() + ": " + why(one)));
        }
    }

    /// What a system file could have and the files don't tell.
    private void open() {
        if (carried.isEmpty()) {
            return;
        }
        sheet.gap();
        if (ground.origin() == Origin.COMPOSE) {
            sheet.question(
                    0,
                    "how are versions told apart? Each service that `pitcrew deploy` is to change needs an image that carries its version:",
                    "  container: {image: \"NAME:${version}\"}");
        }
        boolean isFixLikely =
                ground.venues().isEmpty()
                        || !ground.venues().stream().allMatch(Venues::isAlwaysOpen);
        if (isFixLikely && !question(Name.SENDERS).several().isEmpty()) {
            sheet.question(
                    0,
                    "is there a FIX session? Then it can be fenced, and open orders compared"
                            + known(ground.venues(), ". Spoken of are: "),
                    "venues: {simx: {protocol: FIX.4.4, address: \"HOST:PORT\", session: {sender: US, target: THEM}}}");
        }
        if (!ground.feeds().isEmpty()) {
            sheet.question(
                    0,
                    "which feeds must be fresh before a change? They are of a venue, and a service tells their age by the probe feedAge"
                            + known(ground.feeds(), ". Read are: "),
                    "feeds: {ticks: {venue: simx, lines: [A], staleAfter: 2s}}");
        }
        var stores =
                ground.services().stream()
                        .filter(one -> one.isLeft() && one.duty() == Duty.STORE)
                        .map(one -> one.original() + " at " + Said.place(one.place()))
                        .toList();
        if (!stores.isEmpty()) {
            sheet.question(
                    0,
                    "who sees that these are backed up? An environment can ask before each day: "
                            + String.join(", ", stores),
                    "  opening: {backups: {orders: {file: FOLDER, within: 26h}}}");
        }
    }

    private Question question(Name name) {
        return Question.among(questions, name);
    }

    private static String known(List<String> some, String words) {
        return some.isEmpty() ? "" : words + String.join(", ", some);
    }

    /// How many questions the text has, those of services as well.
    static int questions(String text) {
        return (int)
                Stream.of(text.split("\n", -1)).filter(one -> one.contains("# Question: ")).count();
    }
}
