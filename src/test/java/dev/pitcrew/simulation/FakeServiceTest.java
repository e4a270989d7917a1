package dev.pitcrew.simulation;

import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.http.Hooks;
import dev.pitcrew.runtime.http.HooksContract;
import java.time.Duration;
import java.util.List;

/// The services of the simulation answer hooks as real ones do. Its processes, balancer, hooks and store are those of the tests, which have
/// contracts of their own.
class FakeServiceTest extends HooksContract {
    private final Schedule schedule = new Schedule();
    private final World world = new World(schedule, Chance.none(), List.of("gateway"));

    FakeServiceTest() {
        var _ = world.start("gateway", "gateway-1", "1", false);
        schedule.runUntil(schedule.now().plus(Duration.ofSeconds(2)), () -> {});
    }

    @Override
    protected Hooks hooks() {
        return world.hooks();
    }

    @Override
    protected Address address() {
        return world.instance("gateway-1").address;
    }

    @Override
    protected void latch() {
        world.killFlow("gateway");
    }

    @Override
    protected void loseNextAnswer() {
        world.hooks().loseNextAnswer();
    }

    @Override
    protected void takeDown() {
        world.instance("gateway-1").isAlive = false;
        world.settle();
    }
}
