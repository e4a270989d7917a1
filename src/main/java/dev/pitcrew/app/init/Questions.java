package dev.pitcrew.app.init;

import dev.pitcrew.app.init.Ground.Service;
import dev.pitcrew.app.init.Question.Name;
import dev.pitcrew.market.Calendars;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.infra.Trading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The questions about what was found, each with what is taken where nobody answers: what the files say, else what risks least.
public final class Questions {
    /// Where nobody closes, in the words of [Venues].
    private static final String ALWAYS_OPEN = "none";

    private final Ground ground;
    private final Map<Name, String> answers;

    private Questions(Ground ground, Map<Name, String> answers) {
        this.ground = ground;
        this.answers = answers;
    }

    /// @param answers of a person; each one of its question's choices, else it is passed over
    public static List<Question> of(Ground ground, Map<Name, String> answers) {
        return new Questions(ground, answers).all();
    }

    private List<Question> all() {
        var all = new ArrayList<Question>();
        boolean runs = ground.services().stream().anyMatch(one -> !one.isLeft());
        boolean isStarted = runs && ground.origin() != Origin.CLUSTER;
        if (isStarted) {
            all.add(answered(senders()));
        }
        var kind = answered(kind());
        all.add(kind);
        all.add(answered(approval(kind.chosen())));
        if (isStarted) {
            all.add(answered(drain()));
            all.add(answered(calendar()));
        }
        return List.copyOf(all);
    }

    private Question answered(Question question) {
        var answer = answers.get(question.name());
        return answer == null
                ? question
                : question.accepted(answer)
                        .map(
                                one ->
                                        new Question(
                                                question.name(),
                                                question.text(),
                                                question.choices(),
                                                question.isList(),
                                                one,
                                                answered(question, one),
                                                true))
                        .orElse(question);
    }

    /// What is at stake is no matter of opinion, so the file keeps what its files said.
    private String answered(Question question, String answer) {
        boolean isOtherwise = question.name() == Name.KIND && !answer.equals(question.chosen());
        return isOtherwise && !isOpen()
                ? "answered; by its files %s: %s".formatted(question.chosen(), question.because())
                : "answered";
    }

    private Question senders() {
        var some = ground.services().stream().filter(one -> !one.isLeft()).toList();
        var senders = some.stream().filter(one -> one.role() == Role.ORDER_ENTRY).toList();
        return new Question(
                Name.SENDERS,
                "Which services send orders to a venue? Of each only one may be active.",
                Stream.concat(some.stream().map(Service::name), Stream.of("none")).toList(),
                true,
                senders.stream().map(Service::name).collect(Collectors.joining(",")),
                senders.isEmpty()
                        ? "nothing tells it; one that sends and isn't named may run twice"
                        : senders.stream()
                                .map(one -> one.because() + " at " + Said.place(one.place()))
                                .collect(Collectors.joining("; ")),
                false);
    }

    private Question kind() {
        var said =
                switch (ground.trading()) {
                    case LIVE -> "live";
                    case PAPER, TEST, UNKNOWN -> "paper";
                    case DEMO -> "demo";
                };
        return new Question(
                Name.KIND,
                "What is at stake where it runs?",
                List.of("live", "paper", "demo"),
                false,
                said,
                isOpen() ? "nothing says whether real money is at stake" : ground.tradingBecause(),
                false);
    }

    /// A file for development says nothing of where it runs in the end.
    private boolean isOpen() {
        return ground.trading() == Trading.UNKNOWN || ground.trading() == Trading.TEST;
    }

    private Question approval(String kind) {
        boolean isLive = kind.equals("live");
        boolean isKnown = answers.containsKey(Name.KIND) || !isOpen();
        return new Question(
                Name.APPROVAL,
                "Who has to agree to a change?",
                isLive
                        ? List.of("two-people", "delay 5m")
                        : List.of("two-people", "delay 5m", "none"),
                false,
                isLive ? "two-people" : isKnown ? "none" : "delay 5m",
                isLive
                        ? "for one person: delay 5m"
                        : isKnown
                                ? "nothing real is at stake"
                                : "so that somebody can still say no",
                false);
    }

    private Question drain() {
        var grace =
                ground.services().stream()
                        .filter(one -> one.role() == Role.ORDER_ENTRY && !one.isLeft())
                        .flatMap(one -> one.stopGrace().stream())
                        .findFirst();
        return new Question(
                Name.DRAIN,
                "How long may a sender take to finish open orders before it is stopped? Any time, such as 45s.",
                List.of("5s", "10s", "30s"),
                false,
                grace.map(Ground.Fact::text).orElse("10s"),
                grace.map(one -> "it has as long to stop at " + Said.place(one.place()))
                        .orElse("as long as Docker gives by itself"),
                false);
    }

    private Question calendar() {
        boolean isAlwaysOpen =
                !ground.venues().isEmpty()
                        && ground.venues().stream().allMatch(Venues::isAlwaysOpen);
        return new Question(
                Name.CALENDAR,
                "By which calendars does it trade? No change begins near their opens and closes.",
                Stream.concat(Calendars.BUILT_IN.stream(), Stream.of(ALWAYS_OPEN)).toList(),
                true,
                isAlwaysOpen ? ALWAYS_OPEN : "",
                isAlwaysOpen
                        ? ground.venues().getFirst() + " never closes"
                        : "without one a change may begin at an open",
                false);
    }
}
