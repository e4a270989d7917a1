package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.HealthCheck;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import java.util.Optional;
import java.util.regex.Pattern;

/// The health check calls a program that the image does not have.
public final class HealthToolMissing implements Check {
    @Override
    public Id id() {
        return new Id(
                "SYS-033",
                "health-tool-missing",
                Severity.HIGH,
                "The health check calls a program that the image does not have");
    }

    private static final Pattern WITHOUT_BOTH =
            Pattern.compile(
                    "(python|node|debian|ruby|openjdk|rust|golang):(.*-)?slim(-.*)?|debian:(bookworm|bullseye|trixie|1[0-9].*)|ubuntu:.*|gcr\\.io/distroless/.*|scratch");
    private static final Pattern WITHOUT_CURL =
            Pattern.compile(
                    "(python|node|golang|rust|ruby|eclipse-temurin|openjdk):(.*-)?alpine.*|alpine(:.*)?|(quay\\.io/)?prom(etheus)?/(prometheus|alertmanager|node-exporter|pushgateway|blackbox-exporter)(:.*)?");
    private static final Pattern TOOL =
            Pattern.compile(
                    "(?s)(CMD(-SHELL)? )?((/bin/)?(ba)?sh -c )?[\"']?(/usr/bin/)?(curl|wget)\\s.*");

    @Override
    public void look(Subject subject, Report report) {
        var builds = subject.all(ImageBuild.class);
        for (Container one : subject.all(Container.class)) {
            var build =
                    one.build()
                            .flatMap(
                                    path ->
                                            builds.stream()
                                                    .filter(
                                                            file ->
                                                                    file.place()
                                                                            .file()
                                                                            .equals(path.value()))
                                                    .findFirst());
            for (HealthCheck check : one.healthChecks()) {
                if (build.isPresent()) {
                    look(build.get(), check.place(), check.test(), report)
                            .ifPresent(draft -> draft.about(one));
                } else if (one.image().isPresent() && one.build().isEmpty()) {
                    String image = one.image().get().value();
                    missing(image, check.test())
                            .ifPresent(
                                    tool ->
                                            report.finding(check.place(), said(tool, image))
                                                    .about(one)
                                                    .also(
                                                            one.image().get().place(),
                                                            "the image is named here"));
                }
            }
        }
        for (ImageBuild build : builds) {
            build.effective("HEALTHCHECK")
                    .ifPresent(check -> look(build, check.place(), check.text(), report));
        }
    }

    private static Optional<Report.Draft> look(
            ImageBuild build, Place place, String test, Report report) {
        String all =
                String.join(
                        "\n",
                        build.lineage().stream()
                                .filter(one -> !one.is("HEALTHCHECK"))
                                .map(Instruction::text)
                                .toList());
        var tool = missing(build.base().value(), test);
        boolean brought =
                tool.filter(all::contains).isPresent()
                        || all.matches(
                                "(?s).*(\\.sh\\b|install-deps|packages\\.txt|\\bbusybox\\b|playwright).*")
                        || build.lineage().stream()
                                .anyMatch(one -> one.is("COPY") && one.text().contains("/usr/bin"));
        return tool.isEmpty() || brought || Paths.isTest(build.place())
                ? Optional.empty()
                : Optional.of(
                        report.finding(place, said(tool.get(), build.base().value()))
                                .also(build.base().place(), "the image is built on it here"));
    }

    private static String said(String tool, String image) {
        return "the health check calls %s, which %s doesn't have, so it always fails"
                .formatted(tool, image);
    }

    /// The program that a check calls and an image lacks.
    private static Optional<String> missing(String image, String test) {
        var called = TOOL.matcher(test.strip());
        if (!called.matches()) {
            return Optional.empty();
        }
        String tool = called.group(7);
        String name = image.replaceAll("^(docker\\.io/)?(library/)?", "");
        boolean lacks =
                WITHOUT_BOTH.matcher(name).matches()
                        || (tool.equals("curl") && WITHOUT_CURL.matcher(name).matches());
        return lacks ? Optional.of(tool) : Optional.empty();
    }
}
