package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.infra.Fallback;
import java.util.Locale;

/// The default of a switch is the dangerous one.
public final class LiveUnlessToldOtherwise implements Check {
    private static final Id ID =
            new Id(
                    "TRD-008",
                    "live-unless-told-otherwise",
                    Severity.CRITICAL,
                    "A service trades live when the variable that says so is not set");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Fallback one : subject.all(Fallback.class)) {
            String name = one.variable().toUpperCase(Locale.ROOT);
            boolean isSafeSwitchOff =
                    name.matches(
                                    "(.*_)?(DRY_?RUN|PAPER|PAPER_?TRADING|TESTNET|USE_TESTNET|SANDBOX|SIMULATION)(_MODE|_ENABLED)?")
                            && one.value().matches("(?i)false|no|off|0");
            boolean isLive =
                    (name.matches(
                                            "(.*_)?(TRADING|TRADE|EXECUTION|BOT|RUN|ACCOUNT)_?(MODE|ENV|TYPE)")
                                    && one.value().matches("(?i)live|real|mainnet"))
                            || (name.matches("(.*_)?(LIVE|LIVE_?TRADING|ENABLE_LIVE(_TRADING)?)")
                                    && one.value().matches("(?i)true|yes|on|1"));
            if (isSafeSwitchOff || isLive) {
                report.finding(
                        one.place(),
                        "%s trades live unless somebody sets %s, because its default is %s"
                                .formatted(one.container(), one.source(), one.value()));
            }
        }
    }
}
