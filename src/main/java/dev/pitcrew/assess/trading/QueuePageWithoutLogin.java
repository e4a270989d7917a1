package dev.pitcrew.assess.trading;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Pods;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.PortUse;
import java.util.Map;
import java.util.Optional;

/// Redis Commander and its kin on every interface.
public final class QueuePageWithoutLogin implements Check {
    private static final Id ID =
            new Id(
                    "TRD-018",
                    "queue-page-without-login",
                    Severity.HIGH,
                    "A page that can change queues or stores of the order path is published without a login");
    private static final Map<String, String> LOGINS =
            Map.of(
                    "kafka-ui", "AUTH_TYPE|SPRING_CONFIG.*|DYNAMIC_CONFIG_ENABLED",
                    "kafdrop", "SPRING_SECURITY.*",
                    "redis-commander", "HTTP_USER|HTTP_PASSWORD.*",
                    "redisinsight", "RI_PROXY.*",
                    "flower", "FLOWER_.*AUTH.*");

    private static Optional<String> tool(Container one) {
        String image = one.image().map(Located::value).orElse("").replaceFirst("[:@].*", "");
        String name = image.substring(image.lastIndexOf('/') + 1);
        return LOGINS.keySet().stream().filter(name::equals).findFirst();
    }

    private static boolean hasLogin(Container one, String tool) {
        String variables = LOGINS.getOrDefault(tool, "");
        return one.environment().stream().anyMatch(at -> at.name().matches(variables))
                || one.command().stream().anyMatch(at -> at.value().contains("auth"))
                || one.mounts().stream().anyMatch(at -> at.target().contains("config"));
    }

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (Container one : subject.all(Container.class)) {
            var tool = tool(one).filter(at -> !hasLogin(one, at));
            var open = one.ports().stream().filter(PortUse::isOpen).findFirst();
            if (tool.isEmpty() || open.isEmpty()) {
                continue;
            }
            boolean isTrading =
                    subject.all(Container.class).stream()
                            .filter(other -> Pods.areTogether(one, other))
                            .anyMatch(other -> subject.duty(other).isOrderPath());
            if (isTrading) {
                report.finding(
                                open.get().place(),
                                "%s (%s) asks nobody for a login, and its port %s is open on every interface"
                                        .formatted(one.name(), tool.get(), open.get().text()))
                        .about(one);
            }
        }
    }
}
