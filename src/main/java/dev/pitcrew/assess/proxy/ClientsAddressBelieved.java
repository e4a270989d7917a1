package dev.pitcrew.assess.proxy;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Near;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Label;
import dev.pitcrew.model.infra.ProxyRoute;
import java.util.HashSet;
import java.util.regex.Pattern;

/// The caller's address is taken from what the caller says.
final class ClientsAddressBelieved implements Check {
    private static final Id ID =
            new Id(
                    "PRX-002",
                    "clients-address-believed",
                    Severity.HIGH,
                    "The caller's address is taken from what the caller says");

    @Override
    public Id id() {
        return ID;
    }

    private static final Pattern FROM_CLIENT =
            Pattern.compile(
                    "(?i)(x-forwarded-for|x-real-ip|x-client-ip)\\s+\\$http_(x_forwarded_for|x_real_ip|x_client_ip)");

    @Override
    public void look(Subject subject, Report report) {
        var seen = new HashSet<Place>();
        for (ProxyRoute route : Near.all(subject, ProxyRoute.class)) {
            for (Label one : route.settings("proxy_set_header")) {
                if (FROM_CLIENT.matcher(one.value()).matches()
                        && route.setting("set_real_ip_from").isEmpty()
                        && seen.add(one.place())) {
                    report.finding(
                                    one.place(),
                                    "%s is what the caller sent, not where it called from"
                                            .formatted(one.value().replaceAll("\\s.*", "")))
                            .confidence(Confidence.MEDIUM)
                            .about(route);
                }
            }
            for (Label one : route.settings("set_real_ip_from")) {
                if (one.value().matches("0\\.0\\.0\\.0/0|::/0") && seen.add(one.place())) {
                    report.finding(
                                    one.place(),
                                    "every caller may say what address it calls from, for set_real_ip_from names the whole world")
                            .about(route);
                }
            }
        }
    }
}
