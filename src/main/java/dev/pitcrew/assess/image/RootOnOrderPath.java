package dev.pitcrew.assess.image;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import dev.pitcrew.model.infra.Script;
import java.util.regex.Pattern;

/// The process that sends orders runs as root in its image.
public final class RootOnOrderPath implements Check {
    @Override
    public Id id() {
        return new Id(
                "IMG-001",
                "root-on-order-path",
                Severity.MEDIUM,
                "The process that sends orders runs as root in its image");
    }

    private static final Pattern ROOT_BY_DEFAULT =
            Pattern.compile(
                    "((docker\\.io/)?library/|docker\\.io/)?(python|node|debian|ubuntu|alpine|golang|rust|eclipse-temurin|openjdk|amazoncorretto|ruby|oven/bun|denoland/deno)(:.*|@.*)?");
    private static final Pattern DROPS =
            Pattern.compile(
                    "(?s).*\\b(gosu|su-exec|setpriv|runuser|setuidgid|useradd .*sudo -u)\\b.*");

    @Override
    public void look(Subject subject, Report report) {
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            var why = OrderPath.of(subject, build);
            var containers = OrderPath.containers(subject, build);
            if (why.isEmpty()
                    || Paths.isTest(build.place())
                    || !ROOT_BY_DEFAULT.matcher(build.base().value()).matches()
                    || containers.stream().anyMatch(one -> one.user().isPresent())
                    || dropsLater(subject, build)) {
                continue;
            }
            var user = build.effective("USER");
            if (user.isEmpty() || user.get().text().strip().matches("(root|0)(:.*)?")) {
                var finding =
                        report.finding(
                                user.map(Instruction::place).orElse(build.last().place()),
                                "%s, so what sends orders (%s) runs as root"
                                        .formatted(
                                                user.isPresent()
                                                        ? "USER is root in the end"
                                                        : "no USER is set and %s starts as root"
                                                                .formatted(build.base().value()),
                                                why.get()));
                containers.stream().findFirst().ifPresent(finding::about);
            }
        }
    }

    private static boolean dropsLater(Subject subject, ImageBuild build) {
        return build.lineage().stream().anyMatch(one -> DROPS.matcher(one.text()).matches())
                || subject.all(Script.class).stream()
                        .flatMap(script -> script.commands().stream())
                        .anyMatch(one -> DROPS.matcher(one.text()).matches());
    }
}
