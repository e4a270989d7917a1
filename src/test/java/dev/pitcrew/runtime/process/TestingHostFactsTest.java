package dev.pitcrew.runtime.process;

class TestingHostFactsTest extends HostFactsContract {
    private final TestingHostFacts host = new TestingHostFacts();

    @Override
    HostFacts withClockBound(long nanos) {
        host.clock(new HostFact.Known(nanos, "test"));
        return host;
    }

    @Override
    HostFacts withoutTime() {
        host.clock(new HostFact.Unknown("nobody watches it"));
        return host;
    }
}
