package dev.pitcrew.assess.image;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.ImageBuild;
import java.util.regex.Pattern;

/// The health check of the image says healthy whatever happens.
public final class ImageHealthCannotFail implements Check {
    @Override
    public Id id() {
        return new Id(
                "IMG-004",
                "image-health-cannot-fail",
                Severity.HIGH,
                "The health check of the image says healthy whatever happens");
    }

    private static final Pattern ALWAYS =
            Pattern.compile(
                    "(?s)(/bin/)?true|:|exit 0|(/bin/)?echo [^;&|]*|.*(\\|\\||;)\\s*(true|:|exit 0|echo [^;&|]*)"
                            + "|python3? -c (import sys; ?)?(print\\([^()]*\\)|sys\\.exit\\(0\\)|exit\\(0\\)|pass)"
                            + "|node -e (console\\.log\\([^()]*\\)|process\\.exit\\(0\\))");
    private static final Pattern SOFT =
            Pattern.compile("(/usr/bin/)?curl [^|;&]*(\\|\\| ?\\(?exit 1\\)?)?");
    private static final Pattern FAILS =
            Pattern.compile("\\s(-[a-zA-Z]*f[a-zA-Z]*|--fail\\S*)(\\s|$)|telnet:|tcp:");

    @Override
    public void look(Subject subject, Report report) {
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            var check = build.effective("HEALTHCHECK");
            var containers = OrderPath.containers(subject, build);
            boolean replaced =
                    !containers.isEmpty()
                            && containers.stream().noneMatch(one -> one.healthChecks().isEmpty());
            if (check.isEmpty() || replaced || Paths.isTest(build.place())) {
                continue;
            }
            String text = check.get().text().replace("\"", "").replace("'", "").strip();
            if (ALWAYS.matcher(text).matches()) {
                report.finding(
                        check.get().place(),
                        "'%s' ends well whatever the program does".formatted(text));
            } else if (SOFT.matcher(text).matches() && !FAILS.matcher(text).find()) {
                report.finding(
                                check.get().place(),
                                "an error page counts as health, because curl is asked without -f")
                        .severity(Severity.MEDIUM);
            }
        }
    }
}
