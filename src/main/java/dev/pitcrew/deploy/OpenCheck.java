package dev.pitcrew.deploy;

import dev.pitcrew.deploy.DeskEvent.OpenChecked;
import dev.pitcrew.deploy.OpenRow.Answer;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.SequenceNumbers;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether the day may begin. Pure: the same desk and facts give the same rows, and what is unknown means no.
///
/// @param system the effective system of the environment
/// @param desk what the ledger says
/// @param facts the outside world
/// @param more what is asked for this alone
public record OpenCheck(
        TradingSystem system, Environment environment, Desk desk, Facts facts, OpenFacts more) {

    /// All rows, in the order of [dev.pitcrew.model.Opening#ROWS] within a service and then for all of it.
    public List<OpenRow> rows() {
        var rows = new ArrayList<OpenRow>();
        var host = new OpenHost(this);
        rows.add(host.controller());
        for (var service : system.services()) {
            rows.addAll(new OpenService(this, service).rows());
        }
        rows.addAll(host.rows());
        return rows.stream().map(this::waived).toList();
    }

    /// As the ledger keeps it.
    ///
    /// @param by who asked; empty: the controller
    public OpenChecked event(Instant at, String by) {
        var rows = rows();
        return new OpenChecked(at, "*", by, isReady(rows), rows, sequences());
    }

    /// Whether every row that counts is yes.
    public static boolean isReady(List<OpenRow> rows) {
        return rows.stream().noneMatch(one -> one.answer() == Answer.NO);
    }

    /// What is not well, in one line.
    public static String sentence(List<OpenRow> rows) {
        var bad = rows.stream().filter(one -> one.answer() == Answer.NO).toList();
        return bad.isEmpty()
                ? "ready"
                : "not ready: "
                        + String.join(
                                "; ",
                                bad.stream()
                                        .map(
                                                one ->
                                                        (one.name() + " " + one.about()).strip()
                                                                + ": "
                                                                + one.says())
                                        .toList());
    }

    private OpenRow waived(OpenRow row) {
        return row.answer() == Answer.NO && environment.opening().without().contains(row.name())
                ? new OpenRow(row.name(), row.about(), Answer.WAIVED, row.says(), "")
                : row;
    }

    /// What was seen now, else what was seen last: numbers that can't be read must not make the next comparison go blind.
    private Map<String, SequenceNumbers> sequences() {
        var all = new TreeMap<>(more.before());
        more.sequences()
                .forEach(
                        (service, seen) -> {
                            if (seen.value() != null) {
                                all.put(service, seen.value());
                            }
                        });
        return all;
    }

    /// The numbers of a service's FIX session.
    Observed<SequenceNumbers> sequence(Service service) {
        return more.sequences().getOrDefault(service.name(), Observed.unknown());
    }

    static OpenRow yes(String name, String about, String says) {
        return new OpenRow(name, about, Answer.YES, says, "");
    }

    static OpenRow no(String name, String about, String says, String next) {
        return new OpenRow(name, about, Answer.NO, says, next);
    }
}
