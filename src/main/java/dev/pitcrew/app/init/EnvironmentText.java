package dev.pitcrew.app.init;

import dev.pitcrew.app.init.Question.Name;
import java.util.List;

/// The environment: what is at stake, who has to agree, and what has to hold before a change.
record EnvironmentText(Ground ground, List<Question> questions, Sheet sheet) {
    void environments() {
        var kind = question(Name.KIND);
        var approval = question(Name.APPROVAL);
        boolean isLive = kind.chosen().equals("live");
        sheet.line(0, "environments:");
        sheet.line(1, kind.chosen() + ":");
        sheet.line(2, "kind: " + kind.chosen(), because(kind));
        boolean isDocker = ground.origin() == Origin.COMPOSE || ground.origin() == Origin.IMAGES;
        if (isDocker) {
            sheet.line(2, "runtime: docker");
        }
        sheet.line(2, "approval: " + approval.chosen(), because(approval));
        boolean isStarted = ground.services().stream().anyMatch(one -> !one.isLeft());
        if (isLive) {
            sheet.line(
                    2,
                    "balancer: haproxy",
                    "in live Pitcrew is never in the order path; docs/traffic.md");
            sheet.line(
                    2,
                    "gates: {clockOffset: 50ms, killTestedWithin: 30d, witnessedWithin: 24h%s}"
                            .formatted(market()),
                    market().isEmpty() ? "" : because(question(Name.CALENDAR)));
            if (!isStarted) {
                return;
            }
            sheet.question(
                    2,
                    "where is HAProxy, and where do clients connect?",
                    "proxy: {sockets: [/run/haproxy/pitcrew.sock], folder: /var/lib/pitcrew/proxy, fronts: {SERVICE: {listen: \"0.0.0.0:8080\", mode: http}}}");
            sheet.question(
                    2,
                    "who remembers the ledger, best on another host?",
                    "witnesses: [{folder: /mnt/elsewhere/witness}]");
        } else if (!market().isEmpty()) {
            sheet.line(
                    2, "gates: {" + market().substring(2) + "}", because(question(Name.CALENDAR)));
        }
        var calendar = question(Name.CALENDAR);
        if (calendar.chosen().isEmpty() && !calendar.text().isEmpty()) {
            sheet.question(
                    2,
                    "by which calendars does it trade? A gate keeps changes away from opens and closes; `pitcrew market status` lists them",
                    isLive
                            ? "above, in gates: market: {venues: [XNYS]}"
                            : "gates: {market: {venues: [XNYS]}}");
        } else if (calendar.chosen().equals("none") && !calendar.isAnswered()) {
            sheet.note(2, "No gate market: " + calendar.because() + ".");
        }
    }

    private String market() {
        var named = question(Name.CALENDAR).several();
        return named.isEmpty()
                ? ""
                : ", market: {venues: [%s]}".formatted(String.join(", ", named));
    }

    private static String because(Question question) {
        boolean isOpen = question.because().startsWith("nothing says");
        return isOpen ? "Question: is it? " + question.because() : question.because();
    }

    private Question question(Name name) {
        return Question.among(questions, name);
    }
}
