package dev.pitcrew.server;

import static dev.pitcrew.server.Html.tag;
import static dev.pitcrew.server.Pieces.cell;
import static dev.pitcrew.server.Pieces.nothingYet;
import static dev.pitcrew.server.Pieces.number;
import static dev.pitcrew.server.Pieces.table;

import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.InstanceLine;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// What instances use, and on which host each is where there are several. Pure.
final class InstanceParts {
    private static final int MIB_SHIFT = 20;
    private static final double MILLIS = 1000;

    private InstanceParts() {}

    static Html all(DeskStatus status) {
        var isSpread =
                status.services().stream()
                        .flatMap(one -> one.instances().stream())
                        .anyMatch(one -> one.host() != null);
        var rows = new ArrayList<Html>();
        for (var service : status.services()) {
            for (var one : service.instances()) {
                rows.add(row(service, one, isSpread));
            }
        }
        var columns =
                new ArrayList<>(
                        List.of("instance", "service", "version", "state", "memory", "CPU time"));
        if (isSpread) {
            columns.add("host");
        }
        return rows.isEmpty()
                ? nothingYet("No instance was started yet.")
                : table("instances", columns, rows);
    }

    private static Html row(ServiceLine service, InstanceLine one, boolean isSpread) {
        var cpu = one.cpuMillis();
        var cells =
                new ArrayList<>(
                        List.of(
                                cell("instance", tag("strong", one.name())),
                                cell("service", service.name()),
                                cell("version", one.version()),
                                cell("state", Words.of(one.state()).replace('-', ' ')),
                                cell(
                                        "memory",
                                        one.memoryBytes() == null
                                                ? ""
                                                : number(
                                                        (one.memoryBytes() >> MIB_SHIFT) + " MiB")),
                                cell(
                                        "CPU time",
                                        cpu == null
                                                ? ""
                                                : number(
                                                        String.format(
                                                                Locale.ROOT,
                                                                "%.1f s",
                                                                cpu / MILLIS)))));
        if (isSpread) {
            cells.add(cell("host", Objects.requireNonNullElse(one.host(), "")));
        }
        return tag("tr").of(cells.toArray());
    }
}
