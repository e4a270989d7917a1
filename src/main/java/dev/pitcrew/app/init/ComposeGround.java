package dev.pitcrew.app.init;

import dev.pitcrew.app.init.Ground.Ask;
import dev.pitcrew.app.init.Ground.Call;
import dev.pitcrew.app.init.Ground.Fact;
import dev.pitcrew.app.init.Ground.Service;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Address;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Container.HealthCheck;
import dev.pitcrew.model.infra.Container.PortUse;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Peers;
import dev.pitcrew.model.infra.Sketch;
import dev.pitcrew.model.infra.Sketch.Part;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.Trading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The services of a Compose project, and what a system file has to say of them that Compose doesn't.
final class ComposeGround {
    private static final Set<Duty> LEFT =
            EnumSet.of(Duty.STORE, Duty.QUEUE, Duty.PROXY, Duty.MONITOR, Duty.JOB);
    private static final Pattern OWN_URL =
            Pattern.compile("https?://(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0):([0-9]{1,5})\\b");
    private static final Pattern NEVER_FAILS =
            Pattern.compile("(CMD-SHELL )?\\s*(exit 0|true|/bin/true|:|echo [^|&;]*)\\s*");
    private static final String READY = "probes: {ready: {http: /ready}}";
    private static final Pattern PLAIN_URL =
            Pattern.compile("http://[A-Za-z0-9._-]+(?::[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?");

    private final Sketch sketch;
    private final Peers peers;
    private final List<Container> containers;

    /// @param containers of one project
    ComposeGround(Survey survey, Sketch sketch, List<Container> containers) {
        this.sketch = sketch;
        this.peers = Peers.of(survey);
        this.containers = containers;
    }

    /// The profile under which what trades starts; of several that of what sends orders, and of those that which does so live.
    List<String> profiles() {
        return containers.stream()
                .filter(one -> duty(one).isOrderPath() || duty(one) == Duty.MARKET_DATA)
                .filter(one -> !one.profiles().isEmpty())
                .min(
                        Comparator.comparing((Container one) -> duty(one) != Duty.ORDER_ENTRY)
                                .thenComparing(
                                        one ->
                                                sketch.of(one)
                                                        .filter(
                                                                part ->
                                                                        part.trading()
                                                                                == Trading.LIVE)
                                                        .isEmpty()))
                .map(one -> List.of(one.profiles().getFirst().value()))
                .orElse(List.of());
    }

    /// The other profiles, which start other services.
    List<String> others(List<String> profiles) {
        return containers.stream()
                .flatMap(one -> one.profiles().stream())
                .map(Located::value)
                .filter(one -> !profiles.contains(one))
                .distinct()
                .sorted()
                .map(one -> "what starts under the profile " + one)
                .toList();
    }

    /// @param profiles those that are active
    List<Service> services(List<String> profiles) {
        return containers.stream()
                .filter(
                        one ->
                                one.profiles().isEmpty()
                                        || one.profiles().stream()
                                                .map(Located::value)
                                                .anyMatch(profiles::contains))
                .map(this::service)
                .toList();
    }

    private Duty duty(Container one) {
        return sketch.of(one).map(Part::duty).orElse(Duty.OTHER);
    }

    private Service service(Container one) {
        var duty = duty(one);
        boolean isLeft = LEFT.contains(duty) || (duty == Duty.WEB && one.build().isEmpty());
        var check =
                one.healthChecks().stream()
                        .filter(health -> health.kind().equals("health"))
                        .filter(health -> !health.test().isEmpty())
                        .findFirst();
        return new Service(
                Said.name(one.name()),
                one.name(),
                duty,
                Said.because(sketch.of(one).map(Part::because).orElse("nothing says more")),
                one.place(),
                isLeft,
                !one.ports().isEmpty(),
                check.isPresent(),
                listens(one, check),
                one.replicas()
                        .filter(count -> count.value() > 1)
                        .map(count -> new Fact(String.valueOf(count.value()), count.place())),
                one.stopGrace()
                        .filter(grace -> grace.value().isPositive())
                        .map(grace -> new Fact(Said.time(grace.value()), grace.place())),
                calls(one),
                List.of(),
                List.of(),
                List.of(),
                one.environment().stream()
                        .map(
                                variable ->
                                        new Fact(
                                                variable.name(),
                                                variable.value()
                                                        .map(Located::place)
                                                        .orElse(variable.place())))
                        .toList(),
                asks(duty, check));
    }

    private static List<Ask> asks(Duty duty, Optional<HealthCheck> check) {
        var asks = new ArrayList<Ask>();
        if (check.isEmpty()) {
            asks.add(
                    new Ask(
                            "what says that it is ready? A health check in Compose, or a path here",
                            READY));
        } else if (NEVER_FAILS.matcher(check.get().test()).matches()) {
            asks.add(
                    new Ask(
                            "what says that it is ready? Its health check always says yes, "
                                    + Said.place(check.get().place()),
                            READY));
        }
        if (duty == Duty.OTHER) {
            asks.add(
                    new Ask(
                            "what does it do? Nothing tells; one that sends orders needs another role",
                            ""));
        }
        return asks;
    }

    /// Where it listens, when Compose publishes nothing: its own health check tells, or who calls it.
    private Optional<Fact> listens(Container one, Optional<HealthCheck> check) {
        var own =
                check.flatMap(
                        health -> {
                            var url = OWN_URL.matcher(health.test());
                            return url.find()
                                    ? Optional.of(new Fact(url.group(1), health.place()))
                                    : Optional.<Fact>empty();
                        });
        return own.or(
                        () ->
                                containers.stream()
                                        .filter(other -> !other.equals(one))
                                        .flatMap(other -> calls(other).stream())
                                        .filter(
                                                call ->
                                                        call.to().equals(one.name())
                                                                && call.port() > 0)
                                        .filter(Call::isUrl)
                                        .map(
                                                call ->
                                                        new Fact(
                                                                String.valueOf(call.port()),
                                                                call.place()))
                                        .findFirst())
                .filter(fact -> isPort(fact.text()));
    }

    private static boolean isPort(String text) {
        int number = Integer.parseInt(text);
        return number > 0 && number < 65_536;
    }

    private List<Call> calls(Container one) {
        var calls = new ArrayList<Call>();
        for (Address address : Address.of(one)) {
            if (address.variable().isEmpty()) {
                continue;
            }
            peers.named(one, address.host()).stream()
                    .filter(other -> !other.name().equals(one.name()))
                    .findFirst()
                    .ifPresent(other -> calls.add(call(one, address, other)));
        }
        return calls;
    }

    private static Call call(Container one, Address address, Container other) {
        var url =
                PLAIN_URL.matcher(one.variable(address.variable()).map(Located::value).orElse(""));
        boolean isUrl = url.matches();
        return new Call(
                address.variable(),
                other.name(),
                address.port() > 0
                        ? address.port()
                        : other.ports().stream().map(PortUse::inside).findFirst().orElse(0),
                isUrl ? Optional.ofNullable(url.group(1)).orElse("") : "",
                isUrl,
                address.place());
    }
}
