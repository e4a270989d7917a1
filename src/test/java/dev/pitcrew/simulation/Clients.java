package dev.pitcrew.simulation;

import dev.pitcrew.runtime.balancer.TestingTraffic;
import dev.pitcrew.runtime.http.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// Clients of the gateway. One that gets no answer, or a refusal, asks again under the same id; and now and then one does so although it
/// was answered, because the answer was lost on its way.
final class Clients {
    private static final int TRIES_MAX = 4;
    private static final int FORGETFUL = 9; // every so many orders
    private static final Duration PATIENCE = Duration.ofSeconds(4); // longer than any hold
    private static final Duration HELD_MAX = Duration.ofMillis(3100); // the limit, and a tick
    private static final Duration PAUSE = Duration.ofMillis(300);

    /// One request, on its way or answered.
    static final class Request {
        final int id;
        final Instant since;
        boolean isOver;
        boolean wasHeld;

        Request(int id, Instant since) {
            this.id = id;
            this.since = since;
        }
    }

    private final Schedule schedule;
    private final TestingTraffic traffic;
    private final FakeOrders orders;
    private final Predicate<String> isHolding; // of a service
    private final BiConsumer<Request, Address> arrival;

    /// @param arrival a request reaches the instance at this address
    Clients(
            Schedule schedule,
            TestingTraffic traffic,
            FakeOrders orders,
            Predicate<String> isHolding,
            BiConsumer<Request, Address> arrival) {
        this.schedule = schedule;
        this.traffic = traffic;
        this.orders = orders;
        this.isHolding = isHolding;
        this.arrival = arrival;
    }

    void order(String service, int id) {
        ask(service, id, 1);
        if (id % FORGETFUL == 0) {
            schedule.after(PAUSE, () -> ask(service, id, TRIES_MAX));
        }
    }

    private void ask(String service, int id, int attempt) {
        var request = new Request(id, schedule.now());
        var isHeld = isHolding.test(service);
        request.wasHeld = isHeld;
        orders.submitted++;
        if (isHeld) {
            orders.held++;
        }
        traffic.request(service, target -> ended(service, request, target, attempt));
        if (!request.isOver) {
            schedule.after(PATIENCE, () -> again(service, request, attempt));
        }
    }

    /// The balancer let it go, to a target or with 503.
    private void ended(String service, Request request, Optional<Address> target, int attempt) {
        orders.answered++;
        var waited = Duration.between(request.since, schedule.now());
        Invariant.HELD_ARE_DELIVERED.require(
                waited.compareTo(HELD_MAX) <= 0, "request %d was held for %s", request.id, waited);
        if (target.isPresent()) {
            arrival.accept(request, target.get());
            traffic.answered(service, target.get());
        } else {
            orders.refused++;
            schedule.after(PAUSE, () -> again(service, request, attempt));
        }
    }

    private void again(String service, Request request, int attempt) {
        if (!request.isOver) {
            request.isOver = true;
            if (attempt < TRIES_MAX) {
                ask(service, request.id, attempt + 1);
            }
        }
    }
}
