package dev.pitcrew.cli;

import dev.pitcrew.app.adopt.Adoption;
import dev.pitcrew.app.adopt.Adoption.OfService;
import dev.pitcrew.app.adopt.Adoption.Running;
import dev.pitcrew.app.adopt.Difference;
import dev.pitcrew.app.adopt.Obstacle;
import dev.pitcrew.model.Words;

/// What `pitcrew adopt` found, for people.
final class AdoptText {
    private final StringBuilder out = new StringBuilder();
    private final Ink ink;

    private AdoptText(Ink ink) {
        this.ink = ink;
    }

    static String of(Adoption adoption, Ink ink) {
        var text = new AdoptText(ink);
        text.all(adoption);
        return text.out.toString().stripTrailing();
    }

    private void all(Adoption adoption) {
        long containers =
                adoption.services().stream().mapToLong(one -> one.containers().size()).sum();
        line(
                "project %s at %s: %d services, %d containers"
                        .formatted(
                                adoption.project(),
                                adoption.engine(),
                                adoption.services().size(),
                                containers));
        adoption.services().forEach(this::service);
        if (!adoption.strangers().isEmpty()) {
            line("");
            line(ink.bad("not in the files") + "  " + String.join(", ", adoption.strangers()));
        }
        if (!adoption.obstacles().isEmpty()) {
            line("");
            line("in the files");
            adoption.obstacles().forEach(this::obstacle);
        }
        line("");
        line(sum(adoption));
    }

    private void service(OfService one) {
        line("");
        line(one.service() + ink.quiet("  " + one.place()));
        if (one.containers().isEmpty()) {
            line("  " + ink.bad("nothing of it is here"));
        }
        one.containers().forEach(this::running);
        one.differences().forEach(this::difference);
        one.obstacles().forEach(this::obstacle);
        if (!one.open().isEmpty()) {
            line(
                    "  not compared  %s: only whoever starts it knows"
                            .formatted(String.join(", ", one.open())));
        }
    }

    private void running(Running one) {
        var how = one.status() + (one.health().isEmpty() ? "" : ", " + one.health());
        boolean isWell = one.status().equals("running") && !one.health().equals("unhealthy");
        line(
                "  %s  %s  %s %s"
                        .formatted(
                                isWell ? ink.good(how) : ink.bad(how),
                                one.name(),
                                one.image(),
                                ink.quiet(brief(one.imageId()))));
    }

    private static String brief(String id) {
        return id.length() > 19 ? id.substring(0, 19) : id;
    }

    private void difference(Difference one) {
        var what = Words.of(one.aspect()) + (one.name().isEmpty() ? "" : " " + one.name());
        line(
                "  %s  %s%s: the files say %s, runs: %s  %s"
                        .formatted(
                                ink.bad("differs"),
                                one.container().isEmpty() ? "" : one.container() + " ",
                                what,
                                one.files(),
                                one.runs(),
                                ink.quiet(one.place().toString())));
    }

    private void obstacle(Obstacle one) {
        line("  %s  %s %s".formatted(ink.bad("in the way"), one.place(), one.message()));
    }

    private static String sum(Adoption adoption) {
        long differences =
                adoption.services().stream().mapToLong(one -> one.differences().size()).sum()
                        + adoption.strangers().size();
        long obstacles =
                adoption.services().stream().mapToLong(one -> one.obstacles().size()).sum()
                        + adoption.obstacles().size();
        return differences + obstacles == 0
                ? "it runs as the files say, and nothing is in the way"
                : "%d differ from the files, %d are in the way; nothing was changed"
                        .formatted(differences, obstacles);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
