package dev.pitcrew.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where and under which rules a system runs.
///
/// @param approval who must agree to a change
/// @param approvalExpires an approval not used within this is void
/// @param reassessWithin an emergency change that nobody else has re-assessed within this is overdue
/// @param windows when changes may start
/// @param gates the limits that measurements are held against before a change
/// @param ledger where everything is written down
/// @param witnesses who else remembers the ledger's checkpoints
/// @param overrides by name, the whole service as it is here, for each that differs; see [TradingSystem#in]
/// @param opening what has to be so before the day begins
/// @param alarms how a person is called, each in turn
/// @param follows the environment that a version serves in before it is promoted to this one
/// @param proxy where HAProxy or nginx is; with the built-in balancer nowhere
/// @param engine where the Docker engine listens; empty: where DOCKER_HOST says, or at its usual socket
/// @param hosts several machines with an engine each, over which instances are spread; empty: one engine
public record Environment(
        String name,
        RuntimeName runtime,
        Kind kind,
        Balancer balancer,
        Approval approval,
        Duration approvalExpires,
        Duration reassessWithin,
        Windows windows,
        GateLimits gates,
        LedgerStore ledger,
        List<WitnessRef> witnesses,
        Map<String, Service> overrides,
        Opening opening,
        List<Alarm> alarms,
        Optional<String> follows,
        Optional<Proxy> proxy,
        Optional<EngineRef> engine,
        List<EngineHost> hosts) {
    public Environment {
        Words.requireName(name);
        witnesses = List.copyOf(witnesses);
        alarms = List.copyOf(alarms);
        hosts = List.copyOf(hosts);
        overrides = Words.inOrder(overrides);
    }

    /// One that says nothing about the start of the day, about alarms or about promotion.
    public Environment(
            String name,
            RuntimeName runtime,
            Kind kind,
            Balancer balancer,
            Approval approval,
            Duration approvalExpires,
            Duration reassessWithin,
            Windows windows,
            GateLimits gates,
            LedgerStore ledger,
            List<WitnessRef> witnesses,
            Map<String, Service> overrides) {
        this(
                name,
                runtime,
                kind,
                balancer,
                approval,
                approvalExpires,
                reassessWithin,
                windows,
                gates,
                ledger,
                witnesses,
                overrides,
                Opening.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /// The same behind HAProxy or nginx.
    public Environment behind(Balancer other, Proxy there) {
        return new Environment(
                name,
                runtime,
                kind,
                other,
                approval,
                approvalExpires,
                reassessWithin,
                windows,
                gates,
                ledger,
                witnesses,
                overrides,
                opening,
                alarms,
                follows,
                Optional.of(there),
                engine,
                hosts);
    }

    /// What is at stake.
    public enum Kind {
        /// Real money.
        LIVE,
        /// Real market data, no real orders.
        PAPER,
        /// Nothing real.
        DEMO
    }

    /// What starts and stops instances.
    public enum RuntimeName {
        /// Processes on this machine.
        LOCAL,
        /// Containers of a Docker engine.
        DOCKER
    }

    /// What sends traffic to instances.
    public enum Balancer {
        /// Pitcrew's own, for demo and paper only: in live Pitcrew is never in the order path.
        BUILT_IN,
        HAPROXY,
        NGINX
    }

    /// Where the ledger is kept.
    public sealed interface LedgerStore {}

    /// In one file, for one controller.
    ///
    /// @param path of the file
    public record SqliteLedger(Template path) implements LedgerStore {}

    /// In a database of its own, for several controllers of which one leads.
    ///
    /// @param password of the user; empty: none, or the one of the password file of whom the controller runs as
    public record PostgresLedger(DatabaseUrl url, Optional<SecretRef> password)
            implements LedgerStore {}

    /// What kind of store a ledger is in.
    public enum LedgerKind {
        SQLITE,
        POSTGRES
    }
}
