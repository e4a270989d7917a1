package dev.pitcrew.runtime;

import dev.pitcrew.deploy.CanaryForecast;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Gate.Measure;
import dev.pitcrew.deploy.Gates;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.market.Calendar;
import dev.pitcrew.model.Environment;
import dev.pitcrew.model.GateLimits.CommandGate;
import dev.pitcrew.model.GateName;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Observed;
import dev.pitcrew.model.ProbeName;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.process.HostFact;
import dev.pitcrew.runtime.process.HostFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Measures what gates ask for, by the gate's name. What can't be measured stays unknown, and unknown never passes.
///
/// | name | number |
/// |---|---|
/// | `window` | 1 inside a window for changes, 0 outside |
/// | `market`, `market/SERVICE` | venues that stand against a change now; of a service whose own venues name segments, these |
/// | `freeze` | freezes in force |
/// | `clock` | bound of this host's clock error, ms |
/// | `disk` | free bytes where the ledger is |
/// | `killTested` | days since the kill switch was seen to work, of the service where that is longest ago |
/// | `witnessed` | hours since a witness saw the ledger |
/// | `feed` | age of the oldest market data that an instance uses, ms |
/// | `reconciliation/SERVICE` | instruments on which its two accounts differ for longer than a moment |
/// | `clockJump` | how far this host's clock and our steady one have come apart, ms |
/// | `evidence/SERVICE` | minutes that a canary takes to a PASS, at the rates of its instances |
/// | a command gate's own | what its command printed |
final class Gauges {
    private static final String RECONCILIATION = GateName.RECONCILIATION.key() + "/";
    private static final Duration FORECAST_EVERY = Duration.ofSeconds(10);
    private static final String MARKET = GateName.MARKET.key() + "/";
    private static final double NANOS_A_MILLI = 1e6;
    private static final double MILLIS_A_DAY = 86_400_000;
    private static final double MILLIS_AN_HOUR = 3_600_000;

    private final TradingSystem system;
    private final Environment environment;
    private final Path ledgerFile;
    private final HostFacts host;
    private final Memory memory;
    private final Supplier<Optional<Instant>> witnessed;
    private final Variables variables;
    private final InstantSource clock;
    private final InstantSource wall;
    private final Optional<Markets> markets;
    private final Map<String, Markets> ofServices =
            new HashMap<>(); // by service, where they differ
    private final Map<String, Observed<Measure>> measured = new ConcurrentHashMap<>();
    private final Set<String> underway = ConcurrentHashMap.newKeySet();

    /// @param ledgerFile the ledger, whose disk is the one that counts
    /// @param witnessed when a witness last saw the ledger
    /// @param clock the controller's, which never jumps
    /// @param wall this host's, which anybody may set
    Gauges(
            TradingSystem system,
            Environment environment,
            Path ledgerFile,
            HostFacts host,
            Memory memory,
            Supplier<Optional<Instant>> witnessed,
            Variables variables,
            InstantSource clock,
            InstantSource wall) {
        this.system = system;
        this.environment = environment;
        this.ledgerFile = ledgerFile;
        this.host = host;
        this.memory = memory;
        this.witnessed = witnessed;
        this.variables = variables;
        this.clock = clock;
        this.wall = wall;
        this.markets = Markets.of(system, environment);
        for (var service : system.services()) {
            Markets.of(system, environment, service)
                    .ifPresent(one -> ofServices.put(service.name(), one));
        }
    }

    /// Begins to measure what takes time; each on a thread of its own, and none twice at once.
    void measure() {
        markets.ifPresent(
                one -> // a file may be on a slow disk
                measure(
                                "market/calendars",
                                () -> {
                                    one.refresh();
                                    return Optional.empty(); // the moment of asking is measured
                                }));
        ofServices.forEach(
                (service, one) ->
                        measure(
                                MARKET + service + "/calendars",
                                () -> {
                                    one.refresh();
                                    return Optional.empty();
                                }));
        measure("disk", () -> number(host.diskFreeBytes(ledgerFile), 1));
        measure("clock", () -> number(host.clockOffsetNanos(), NANOS_A_MILLI));
        for (var gate : environment.gates().commands()) {
            measure(gate.name(), () -> run(gate));
        }
    }

    /// Begins to forecast canaries from what instances counted lately; now and then, since that takes a while.
    void forecast(Desk desk, Sampling sampling) {
        for (var service : system.services()) {
            if (!Gates.isJudgedCanary(service)) {
                continue;
            }
            var name = GateName.EVIDENCE.key() + "/" + service.name();
            var last = measured.get(name);
            if (last != null && clock.instant().isBefore(last.at().plus(FORECAST_EVERY))) {
                continue;
            }
            var running = desk.service(service.name()).roster().instances().keySet();
            sampling.growth(running)
                    .ifPresent(
                            one ->
                                    measure(
                                            name,
                                            () ->
                                                    Optional.of(
                                                            CanaryForecast.of(
                                                                            service.rollout()
                                                                                    .judge()
                                                                                    .orElseThrow(),
                                                                            service,
                                                                            one.grown(),
                                                                            one.span())
                                                                    .measure(service))));
        }
    }

    private void measure(String name, Supplier<Optional<Measure>> how) {
        if (underway.add(name)) {
            Thread.ofVirtual()
                    .name("measure " + name)
                    .start(
                            () -> {
                                try {
                                    var sent = clock.instant();
                                    how.get()
                                            .ifPresent(
                                                    one ->
                                                            measured.put(
                                                                    name,
                                                                    new Observed<>(one, sent)));
                                } finally {
                                    underway.remove(name);
                                }
                            });
        }
    }

    private static Optional<Measure> number(HostFact fact, double unit) {
        return fact instanceof HostFact.Known(long value, var source)
                ? Optional.of(new Measure(value / unit, source))
                : Optional.empty();
    }

    private Optional<Measure> run(CommandGate gate) {
        try {
            var argv = gate.command().stream().map(word -> word.fill(variables.common())).toList();
            var text = Commands.output(argv, system.folder(), gate.timeout());
            var number = Double.parseDouble(text.strip());
            return Double.isFinite(number)
                    ? Optional.of(new Measure(number, String.join(" ", argv)))
                    : Optional.empty(); // less than nothing is below every limit
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty(); // so it stays unknown, and the gate shut
        }
    }

    /// All measurements, those of this moment included.
    Map<String, Observed<Measure>> measures(
            Desk desk,
            Map<String, InstanceFacts> instances,
            Map<String, Observed<Measure>> accounts,
            Instant now) {
        var all = new HashMap<>(measured);
        put(
                all,
                "window",
                now,
                environment.windows().isOpen(now) ? 1 : 0,
                "the system file's windows");
        markets.ifPresent(one -> all.put("market", new Observed<>(one.measure(now), now)));
        ofServices.forEach(
                (service, one) -> all.put(MARKET + service, new Observed<>(one.measure(now), now)));
        var apart = Duration.between(wall.instant(), clock.instant()).abs().toMillis();
        put(all, "clockJump", now, (double) apart, "this host's clock and the controller's");
        put(all, "freeze", now, desk.freeze().isPresent() ? 1 : 0, "the ledger");
        killTestAge(now).ifPresent(days -> put(all, "killTested", now, days, "the ledger"));
        witnessed
                .get()
                .ifPresent(
                        at ->
                                put(
                                        all,
                                        "witnessed",
                                        now,
                                        millis(at, now) / MILLIS_AN_HOUR,
                                        "the witnesses"));
        all.put("feed", feed(desk, instances));
        accounts.forEach((service, one) -> all.put(RECONCILIATION + service, one));
        return all;
    }

    /// The calendars that a service goes by, by its name; none of a service where no gate names a market, and an empty list while its
    /// calendars can't be read.
    Map<String, List<Calendar>> calendars() {
        var all = new HashMap<String, List<Calendar>>();
        for (var service : system.services()) {
            Optional.ofNullable(ofServices.get(service.name()))
                    .or(() -> markets)
                    .ifPresent(one -> all.put(service.name(), one.venues()));
        }
        return all;
    }

    private static void put(
            Map<String, Observed<Measure>> all, String name, Instant at, double number, String by) {
        all.put(name, new Observed<>(new Measure(number, by), at));
    }

    /// The longest of all services that can be killed; empty when one of them was never tried.
    private OptionalDouble killTestAge(Instant now) {
        double longest = 0;
        var killable =
                system.services().stream()
                        .filter(
                                one ->
                                        one.singleActive().isPresent()
                                                && one.hook(HookName.KILL).isPresent())
                        .toList();
        for (var service : killable) {
            var at = memory.killTested(service.name());
            if (at.isEmpty()) {
                return OptionalDouble.empty();
            }
            longest = Math.max(longest, millis(at.get(), now) / MILLIS_A_DAY);
        }
        return killable.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(longest);
    }

    private static double millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }

    /// The oldest market data of those that use some, as old as the look that was longest ago; unknown when one of them does not say.
    private Observed<Measure> feed(Desk desk, Map<String, InstanceFacts> instances) {
        var oldest = Instant.MAX;
        var worst = new Measure(-1, "");
        for (var service : system.services()) {
            if (service.probe(ProbeName.FEED_AGE).isEmpty()) {
                continue;
            }
            for (var name : desk.service(service.name()).roster().instances().keySet()) {
                var age = instances.getOrDefault(name, InstanceFacts.UNKNOWN).feedAgeMillis();
                if (age.value() == null) {
                    return Observed.unknown();
                }
                oldest = age.at().isBefore(oldest) ? age.at() : oldest;
                worst = age.value() > worst.number() ? new Measure(age.value(), name) : worst;
            }
        }
        return worst.number() < 0 ? Observed.unknown() : new Observed<>(worst, oldest);
    }
}
