package dev.pitcrew.runtime.http;

import dev.pitcrew.model.ProbeName;
import dev.pitcrew.runtime.TestingClock;

class TestingProbingTest extends ProbingContract {
    private final TestingProbing probing = new TestingProbing(new TestingClock(NOON));

    @Override
    Probing probing() {
        return probing;
    }

    @Override
    Address address() {
        return Address.local(1);
    }

    @Override
    void says(ProbeName name, String value) {
        probing.set("gateway-1", name, value);
    }

    @Override
    void shows(String path, String body) {
        probing.body(address(), path, body);
    }

    @Override
    void hangs() {
        probing.hang("gateway-1");
    }
}
