package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.infra.AlertRule;
import dev.pitcrew.model.infra.ExportedMetric;
import dev.pitcrew.model.infra.RecordingRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The code exports whether orders are rejected, trading is stopped or prices are old, and no alert asks for it.
final class ExportedAndNotWatched implements Check {
    private static final Id ID =
            new Id(
                    "TRD-076",
                    "exported-and-not-watched",
                    Severity.HIGH,
                    "The code exports whether orders are rejected, trading is stopped or prices are old, and no alert asks for it");

    @Override
    public Id id() {
        return ID;
    }

    private static final Map<String, Pattern> WATCHED =
            Map.of(
                    "the kill switch",
                    Pattern.compile(
                            "(?i).*(kill_?switch|trading_halted|trading_enabled).*"
                                    // A breaker alone is one before a call, as libraries have it.
                                    + "|.*(trad|risk|loss|drawdown|order|market).*circuit_?breaker.*"
                                    + "|.*circuit_?breaker_(active|tripped|triggered|halt).*"),
                    "rejected orders",
                    Pattern.compile("(?i).*order.*reject.*|.*reject.*order.*"),
                    "the age of market data",
                    Pattern.compile(
                            "(?i).*(feed|tick|quote|market_?data|price).*(age|stale|staleness|lag|last_).*|.*last_(tick|quote|price|message).*"));

    @Override
    public void look(Subject subject, Report report) {
        var rules = Near.all(subject, AlertRule.class);
        if (rules.isEmpty()) {
            return;
        }
        var asked = new HashSet<String>();
        rules.forEach(rule -> rule.query().ifPresent(query -> asked.addAll(query.metrics())));
        Near.all(subject, RecordingRule.class)
                .forEach(rule -> rule.query().ifPresent(query -> asked.addAll(query.metrics())));
        WATCHED.forEach(
                (what, pattern) -> {
                    var exported =
                            Near.all(subject, ExportedMetric.class).stream()
                                    .filter(ExportedMetric::isSure)
                                    .filter(one -> pattern.matcher(one.name()).matches())
                                    .toList();
                    boolean isAsked =
                            exported.stream().anyMatch(one -> asked.stream().anyMatch(one::answers))
                                    || asked.stream()
                                            .anyMatch(one -> pattern.matcher(one).matches());
                    if (!exported.isEmpty() && !isAsked) {
                        report.finding(
                                        exported.getFirst().place(),
                                        "%s is exported for %s, and none of the alerts (%d) asks for it"
                                                .formatted(
                                                        exported.getFirst().name(),
                                                        what,
                                                        rules.size()))
                                .also(
                                        first(rules).place(),
                                        first(rules).isOfGrafana()
                                                ? "the first of Grafana's alerts"
                                                : "the first of the alerts")
                                .severity(what.contains("kill") ? Severity.HIGH : Severity.MEDIUM)
                                .about(exported.getFirst());
                    }
                });
    }

    private static AlertRule first(List<AlertRule> rules) {
        return rules.stream()
                .filter(rule -> !rule.isOfGrafana())
                .findFirst()
                .orElse(rules.getFirst());
    }
}
