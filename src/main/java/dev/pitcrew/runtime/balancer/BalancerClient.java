package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.Exchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Traffic by way of the balancer's admin port, which it reads from the balancer's file each time: so it finds a
/// balancer that was started later, or anew.
public final class BalancerClient implements Traffic {
    /// The header that names the change, so that logs and traces of the balancer can be joined with the ledger.
    public static final String CHANGE = "X-Pitcrew-Change";

    /// The header that names the change of each target. No part of the order, so that a balancer that was started by an older version takes
    /// that nevertheless.
    static final String CHANGES = "X-Pitcrew-Changes";

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration HOLD_MAX = Duration.ofMinutes(1);

    private final Path file;
    private final Map<String, String> headers;

    /// @param file the balancer's [BalancerFile]
    public BalancerClient(Path file) {
        this(file, Map.of());
    }

    private BalancerClient(Path file, Map<String, String> headers) {
        this.file = file;
        this.headers = headers;
    }

    @Override
    public Traffic under(String change) {
        return with(CHANGE, change);
    }

    @Override
    public Traffic marking(Map<Address, String> changes) {
        return with(CHANGES, Changes.text(changes));
    }

    private Traffic with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new BalancerClient(file, Map.copyOf(more));
    }

    @Override
    public TrafficAnswer route(String service, List<Address> targets) {
        return order(service, new Admin.Order(texts(targets), null, null));
    }

    @Override
    public TrafficAnswer open(String service, List<Address> targets) {
        return order(service, new Admin.Order(texts(targets), 0L, null));
    }

    @Override
    public TrafficAnswer split(String service, TrafficSplit split) {
        return order(
                service, new Admin.Order(texts(split.rest()), 0L, BalancerFile.Split.of(split)));
    }

    private static List<String> texts(List<Address> targets) {
        return targets.stream().map(Address::toString).toList();
    }

    @Override
    public TrafficAnswer hold(String service, Duration limit) {
        if (limit.toMillis() < 1 || limit.compareTo(HOLD_MAX) > 0) {
            return new TrafficAnswer.Refused("a hold lasts from 1 ms to 1 min, got " + limit);
        }
        return order(service, new Admin.Order(null, limit.toMillis(), null));
    }

    @Override
    public TrafficAnswer release(String service) {
        return order(service, new Admin.Order(null, 0L, null));
    }

    private TrafficAnswer order(String service, Admin.Order order) {
        try {
            String body = Admin.JSON.writeValueAsString(order);
            return answer(Exchange.post(admin(), "/" + service, body, headers, LIMIT));
        } catch (IOException e) {
            return unreachable(e);
        }
    }

    @Override
    public TrafficAnswer state(String service) {
        try {
            return answer(Exchange.get(admin(), "/" + service, LIMIT));
        } catch (IOException e) {
            return unreachable(e);
        }
    }

    /// From the file: the balancer writes each change down before it answers.
    @Override
    public Optional<Map<String, TrafficRoute>> routes() {
        try {
            return Optional.of(
                    BalancerFile.read(file).services().entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey, one -> route(one.getValue()))));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static TrafficRoute route(BalancerFile.Service service) {
        return new TrafficRoute(
                service.everybody().stream().map(Address::parse).toList(),
                service.holdMillis() > 0);
    }

    private Address admin() throws IOException {
        int port = BalancerFile.read(file).adminPort();
        if (port == 0) {
            throw new IOException("it was never started");
        }
        return Address.local(port);
    }

    private static TrafficAnswer answer(Exchange came) throws IOException {
        return came.status() == 200
                ? new TrafficAnswer.Stands(
                        Admin.JSON.readValue(came.body(), Admin.Said.class).state())
                : new TrafficAnswer.Refused(came.body());
    }

    private static TrafficAnswer unreachable(Exception e) {
        return new TrafficAnswer.Unreachable("the balancer does not answer: " + e);
    }
}
