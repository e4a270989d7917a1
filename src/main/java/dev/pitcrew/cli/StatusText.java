package dev.pitcrew.cli;

import dev.pitcrew.app.DeskStatus;
import dev.pitcrew.app.DeskStatus.InstanceLine;
import dev.pitcrew.app.DeskStatus.ServiceLine;
import dev.pitcrew.model.Words;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The desk's status as a person reads it: what is well is quiet, what needs a person is not. Pure.
final class StatusText {
    private static final int MIB_SHIFT = 20;
    private static final double MILLIS = 1000;

    private StatusText() {}

    static String of(DeskStatus status, Ink ink) {
        var text = new StringBuilder();
        text.append(
                "%s %s  controller pid %d  ledger %d entries%n"
                        .formatted(
                                status.system(),
                                status.environment(),
                                status.controller().pid(),
                                status.ledger().entries()));
        text.append(ink.quiet(about(status.about()))).append('\n');
        if (!status.controller().leads().isEmpty()) {
            text.append(status.controller().leads()).append('\n');
        }
        if (!status.ledger().unwitnessed().isEmpty()) {
            text.append("unwitnessed: ").append(status.ledger().unwitnessed()).append('\n');
        }
        if (!status.ledger().past().isEmpty()) {
            text.append(ink.quiet("began " + status.ledger().past())).append('\n');
        }
        if (!status.controller().trouble().isEmpty()) {
            text.append(ink.bad("TROUBLE ")).append(status.controller().trouble()).append('\n');
        }
        if (status.freeze() != null) {
            text.append(ink.bad("FROZEN ")).append(status.freeze()).append('\n');
        }
        status.services().forEach(one -> service(text, one, ink));
        for (var one : status.toReassess()) {
            text.append(ink.bad("RE-ASSESS "))
                    .append(
                            "%s of %s, an emergency change by %s at %s, %s %s%n"
                                    .formatted(
                                            one.rollout(),
                                            one.service(),
                                            one.by(),
                                            one.at(),
                                            one.isOverdue()
                                                    ? "overdue by another person since"
                                                    : "by another person until",
                                            one.due()));
        }
        for (var one : status.singleOperator()) {
            text.append(
                            ink.quiet(
                                    "single operator: %s of %s at %s"
                                            .formatted(one.rollout(), one.service(), one.at())))
                    .append('\n');
        }
        for (var one : status.operators()) {
            if (!one.isWrittenDown()) {
                text.append(ink.bad("NEW OPERATOR "))
                        .append(one.name())
                        .append(one.by().isEmpty() ? "" : ", added by " + one.by())
                        .append("; goes into the ledger before he acts\n");
            }
        }
        for (var one : status.unknown()) {
            text.append(ink.bad("UNKNOWN "))
                    .append(one)
                    .append(" runs, and the ledger doesn't know it\n");
        }
        return text.toString().stripTrailing();
    }

    private static String about(DeskStatus.About about) {
        return Stream.of(about.owner(), about.site(), "on " + about.host())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static void service(StringBuilder text, ServiceLine one, Ink ink) {
        text.append(
                "%n%-12s %-8s %s%s%s%n"
                        .formatted(
                                one.name(),
                                one.version().isEmpty() ? "-" : one.version(),
                                one.active().isEmpty()
                                        ? ""
                                        : "active " + one.active() + " under token " + one.token(),
                                one.killed() ? ink.bad("  KILLED") : "",
                                one.lastGood().isEmpty()
                                        ? ""
                                        : ink.quiet("  back to " + one.lastGood())));
        one.instances().forEach(instance -> instance(text, instance, ink));
        if (one.changing() != null) {
            text.append("  ").append(Following.text(one.name(), one.changing())).append('\n');
        } else if (!one.lastChange().isEmpty()) {
            text.append(ink.quiet("  " + one.lastChange())).append('\n');
        }
        for (var override : one.overrides()) {
            text.append(ink.bad("  OVERRIDDEN ")).append(override).append('\n');
        }
        if (!one.mending().isEmpty()) {
            text.append("  mending ").append(one.mending()).append('\n');
        }
        if (one.stuck() != null) {
            text.append(ink.bad("  STUCK "))
                    .append(one.stuck().name())
                    .append(": ")
                    .append(one.stuck().reason())
                    .append(
                            one.stuck().orderFlow().isEmpty()
                                    ? ""
                                    : "\n  order flow: " + one.stuck().orderFlow())
                    .append("\n  next: ")
                    .append(one.stuck().next())
                    .append('\n');
        }
    }

    private static void instance(StringBuilder text, InstanceLine one, Ink ink) {
        var state = "%-9s".formatted(Words.of(one.state()).replace('-', ' '));
        var painted =
                switch (one.state()) {
                    case ACTIVE, READY -> ink.good(state);
                    case NOT_READY, UNKNOWN -> state;
                    case HANGING, DEAD -> ink.bad(state);
                };
        var orders = one.openOrders() == null ? "" : "  %d open orders".formatted(one.openOrders());
        var memory = one.memoryBytes();
        var cpu = one.cpuMillis();
        var use =
                memory == null || cpu == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "  %d MiB, %.1f s of CPU",
                                memory >> MIB_SHIFT,
                                cpu / MILLIS);
        text.append(
                        ("  %-14s %-8s ".formatted(one.name(), one.version())
                                        + painted
                                        + orders
                                        + use
                                        + (one.host() == null ? "" : "  on " + one.host()))
                                .stripTrailing())
                .append('\n');
    }
}
