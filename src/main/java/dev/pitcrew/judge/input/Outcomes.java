package dev.pitcrew.judge.input;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How many requests of an arm failed.
///
/// @param errors from 0 to `requests`
/// @param requests at least 0
/// @param clustered how many rows were counted together with another one of the same order or session
public record Outcomes(long errors, long requests, long clustered) {
    private static final Pattern BOTH = Pattern.compile("(\\d{1,15})/(\\d{1,15})");
    private static final String[] KEY = {
        "key", "order", "order_id", "orderid", "session", "client"
    };

    /// `ERRORS/REQUESTS`.
    ///
    /// @param option which option it was, for what is wrong
    public static Read<Outcomes> parse(String option, String text) {
        var both = BOTH.matcher(text.strip());
        if (!both.matches()) {
            return bad(
                    option,
                    "it is ERRORS/REQUESTS such as 12/8400, or a CSV file, got '" + text + "'");
        }
        long errors = Long.parseLong(both.group(1));
        long requests = Long.parseLong(both.group(2));
        return errors > requests
                ? bad(
                        option,
                        "%d errors of %d requests; write ERRORS/REQUESTS"
                                .formatted(errors, requests))
                : new Read.Good<>(new Outcomes(errors, requests, 0));
    }

    /// CSV with one request a line: a column `error` with 0, 1, true or false, and maybe `key`, so that all requests of one order or
    /// session count as one, which failed when one of them did.
    ///
    /// @param name of the file, for what is wrong
    public static Read<Outcomes> read(String name, String text) {
        var table = new Table(name, text);
        var error = table.column("error", "errors", "failed", "rejected");
        if (error.isEmpty()) {
            return bad(name, "has no column 'error'; begin the file with a line such as key,error");
        }
        var key = table.column(KEY);
        var clusters = new LinkedHashMap<String, Boolean>();
        for (var line : table.lines()) {
            var cell = table.cell(line, error.get()).orElse("").toLowerCase(Locale.ROOT);
            boolean isError = cell.equals("1") || cell.equals("true");
            if (!isError && !cell.equals("0") && !cell.equals("false")) {
                table.problem(line.number(), "'" + cell + "' is neither 0, 1, true nor false");
                continue;
            }
            String own = "line " + line.number();
            clusters.merge(
                    key.flatMap(column -> table.cell(line, column)).orElse(own),
                    isError,
                    Boolean::logicalOr);
        }
        if (!table.problems().isEmpty()) {
            return new Read.Bad<>(table.problems());
        }
        long errors = clusters.values().stream().filter(one -> one).count();
        return new Read.Good<>(
                new Outcomes(errors, clusters.size(), table.lines().size() - clusters.size()));
    }

    private static Read<Outcomes> bad(String place, String message) {
        return new Read.Bad<>(List.of(new Problem(new Place(place, 1, 1), message)));
    }
}
