package dev.pitcrew.runtime.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.TestingClock;
import dev.pitcrew.runtime.http.Address;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

class TestingTrafficTest extends HoldingContract {
    private final TestingClock clock = new TestingClock(Instant.EPOCH);
    private final TestingTraffic traffic = new TestingTraffic(clock, List.of("gateway"));

    @Override
    protected Traffic traffic() {
        return traffic;
    }

    @Override
    protected Address target(int number) {
        return Address.local(number);
    }

    @Override
    protected void kill() {
        traffic.down(true);
    }

    @Override
    protected void beginAgain() {
        traffic.down(false);
    }

    @Override
    protected Answering request(String client, String order) {
        AtomicReference<String> answer = new AtomicReference<>("");
        traffic.request(
                "gateway",
                new TestingTraffic.Query(client, order),
                target -> {
                    answer.set(target.map(address -> "200 " + address.port()).orElse("503"));
                    target.ifPresent(one -> traffic.answered("gateway", one));
                });
        return answer::get;
    }

    @Override
    protected void eventually(BooleanSupplier condition) {
        if (!condition.getAsBoolean()) {
            clock.pass(SHORT);
            traffic.tick();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
