package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.OrderPath;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.EnvVariable;
import dev.pitcrew.model.infra.StoreSetting;
import java.util.regex.Pattern;

/// After a failover the broker goes on with a copy that never had the newest records.
public final class LeaderThatLagged implements Check {
    private static final Id ID =
            new Id(
                    "TRD-022",
                    "leader-that-lagged",
                    Severity.HIGH,
                    "A broker of a system that trades may make a copy the leader that lacks acknowledged records");

    @Override
    public Id id() {
        return ID;
    }

    private static final Pattern UNCLEAN =
            Pattern.compile("(?i)KAFKA_(CFG_)?UNCLEAN_LEADER_ELECTION_ENABLE");

    @Override
    public void look(Subject subject, Report report) {
        var why = OrderPath.of(subject);
        if (why.isEmpty()) {
            return;
        }
        for (StoreSetting one : subject.all(StoreSetting.class)) {
            if (one.key().equals("unclean.leader.election.enable")
                    && one.value().value().equalsIgnoreCase("true")
                    && !Paths.isTest(one.place())) {
                report.finding(
                        one.value().place(),
                        "a copy that lags may become the leader: records that were acknowledged are gone after a failover, those of orders as well (%s)"
                                .formatted(why.get()));
            }
        }
        for (Container broker : subject.all(Container.class)) {
            for (EnvVariable variable : broker.environment()) {
                boolean isUnclean = UNCLEAN.matcher(variable.name()).matches();
                variable.value()
                        .filter(value -> isUnclean && value.value().equalsIgnoreCase("true"))
                        .ifPresent(
                                value ->
                                        report.finding(
                                                        value.place(),
                                                        "%s may elect a leader that lags: records that were acknowledged are gone after a failover, those of orders as well (%s)"
                                                                .formatted(
                                                                        broker.name(), why.get()))
                                                .about(broker));
            }
        }
    }
}
