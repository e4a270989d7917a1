package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.HealthCheck;
import java.util.regex.Pattern;

/// A health check whose command always ends well.
public final class HealthCheckCannotFail implements Check {
    private static final Id ID =
            new Id(
                    "TRD-010",
                    "health-check-cannot-fail",
                    Severity.HIGH,
                    "A health check says healthy whatever happens");
    private static final Pattern ALWAYS =
            Pattern.compile(
                    "(?s)(/bin/)?true|:|exit 0|(/bin/)?echo [^;&|]*|.*(\\|\\||;)\\s*(true|exit 0|echo [^;&|]*)"
                            + "|python3? -c [\"']?(import sys; ?)?(print\\([^()]*\\)|sys\\.exit\\(0\\)|exit\\(0\\)|pass)[\"']?");
    private static final Pattern SUBSTITUTION =
            Pattern.compile("\\$\\([^()]*\\)|\\$\\(\\([^()]*\\)\\)");
    private static final Pattern SOFT = Pattern.compile("(/usr/bin/)?curl [^|;&]*(\\|\\| exit 1)?");
    private static final Pattern FAILS =
            Pattern.compile("\\s(-[a-zA-Z]*f[a-zA-Z]*|--fail\\S*)(\\s|$)|telnet:|tcp:");

    /// `test $(stat -c %Y f || echo 0) -lt 60` can fail, whatever its parts are.
    private static String withoutSubstitutions(String test) {
        String before = "";
        String text = test;
        while (!before.equals(text)) {
            before = text;
            text = SUBSTITUTION.matcher(text).replaceAll("x");
        }
        return text;
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            for (HealthCheck check : one.healthChecks()) {
                String test = withoutSubstitutions(check.test().strip());
                if (ALWAYS.matcher(test).matches()) {
                    report.finding(
                                    check.place(),
                                    "the health check of %s can't fail".formatted(one.name()))
                            .about(one);
                } else if (SOFT.matcher(test).matches() && !FAILS.matcher(test).find()) {
                    report.finding(
                                    check.place(),
                                    "the health check of %s takes an error page for health, because curl is asked without -f"
                                            .formatted(one.name()))
                            .about(one);
                }
            }
        }
    }
}
