package dev.pitcrew.assess.observability;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of what is watched, and whether it arrives, in the order of their codes.
public final class ObservabilityChecks {
    public static final List<Check> ALL =
            List.of(
                    new MetricNobodyExports(),
                    new WindowTooShort(),
                    new FunctionOfOtherKind(),
                    new CounterComparedAsItIs(),
                    new AlertsGoNowhere(),
                    new ReceiverWithoutAddress(),
                    new AddressNeverFilledIn(),
                    new InhibitionTooWide(),
                    new SeverityWithoutRoute(),
                    new NoWatchdog(),
                    new AlertWithoutSource(),
                    new DashboardWithoutSource(),
                    new AlertReachesNobody(),
                    new ConsoleOpenToAll(),
                    new PanelShowsNothing());

    private ObservabilityChecks() {}
}
