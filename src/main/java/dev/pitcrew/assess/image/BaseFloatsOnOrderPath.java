package dev.pitcrew.assess.image;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.ImageBuild;
import java.util.regex.Pattern;

/// The image of the order path is built on a base that moves from one major version to the next.
public final class BaseFloatsOnOrderPath implements Check {
    @Override
    public Id id() {
        return new Id(
                "IMG-002",
                "base-floats-on-order-path",
                Severity.MEDIUM,
                "The image of the order path is built on a base that moves from one major version to the next");
    }

    private static final Pattern MOVES =
            Pattern.compile(
                    "latest|stable|slim|alpine|lts|current|edge|nightly|rolling|main|master|develop|dev|(lts|current|stable)-(slim|alpine)");

    @Override
    public void look(Subject subject, Report report) {
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            var why = OrderPath.of(subject, build);
            String base = build.base().value();
            if (why.isEmpty() || Paths.isTest(build.place()) || !moves(base)) {
                continue;
            }
            report.finding(
                    build.base().place(),
                    "%s is whatever its makers released last, so a rebuild of what sends orders (%s) may run on another version"
                            .formatted(base, why.get()));
        }
    }

    private static boolean moves(String base) {
        String name = base.substring(base.lastIndexOf('/') + 1);
        if (base.contains("@") || base.contains("$") || name.equals("scratch") || name.isEmpty()) {
            return false;
        }
        int colon = name.indexOf(':');
        return colon < 0 || MOVES.matcher(name.substring(colon + 1)).matches();
    }
}
