package dev.pitcrew.bench;

import java.util.List;

/// What the bench of rollouts is asked for.
///
/// @param rounds rollouts in a row of each strategy
/// @param rate orders a second
/// @param seconds how long the load runs before, with nothing going on
record RolloutsOptions(int rounds, int rate, int seconds, List<String> strategies, boolean isJson) {
    static final List<String> ALL =
            List.of("handoff", "stop-start", "rolling", "blue-green", "canary", "shadow");

    RolloutsOptions {
        if (rounds < 1 || rounds > 1_000) {
            throw new IllegalArgumentException("rounds are from 1 to 1000");
        }
        if (rate < 1 || rate > 100_000 || seconds < 1 || seconds > 600) {
            throw new IllegalArgumentException("rate is from 1 to 100000, seconds from 1 to 600");
        }
        strategies = List.copyOf(strategies);
        if (!ALL.containsAll(strategies)) {
            throw new IllegalArgumentException(
                    "strategies are some of " + ALL + ", got " + strategies);
        }
    }

    static RolloutsOptions of(String... args) {
        var options = new RolloutsOptions(100, 100, 20, ALL, false);
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            options = options.with(args[i], args[i + 1]);
        }
        return options;
    }

    private RolloutsOptions with(String name, String value) {
        return switch (name) {
            case "--rounds" ->
                    new RolloutsOptions(Integer.parseInt(value), rate, seconds, strategies, isJson);
            case "--rate" ->
                    new RolloutsOptions(
                            rounds, Integer.parseInt(value), seconds, strategies, isJson);
            case "--seconds" ->
                    new RolloutsOptions(rounds, rate, Integer.parseInt(value), strategies, isJson);
            case "--strategies" ->
                    new RolloutsOptions(rounds, rate, seconds, List.of(value.split(",")), isJson);
            case "--format" ->
                    new RolloutsOptions(rounds, rate, seconds, strategies, value.equals("json"));
            default -> throw new IllegalArgumentException("no such option: " + name);
        };
    }
}
