package dev.pitcrew.bench;

import java.util.List;

/// What the bench of handoffs is asked for.
///
/// @param rounds of each of Pitcrew's ways
/// @param peerRounds of each scripted way
/// @param rate orders a second at most
/// @param seconds how long each step of the search for the rate lasts
/// @param ways which ones to go
record BenchOptions(
        int rounds, int peerRounds, int rate, int seconds, List<String> ways, boolean isJson) {
    private static final List<String> ALL = List.of("handoff", "failover", "stop-start", "overlap");

    BenchOptions {
        if (rounds < 1 || rounds > 1_000 || peerRounds < 1 || peerRounds > 1_000) {
            throw new IllegalArgumentException("rounds are from 1 to 1000");
        }
        if (rate < 20 || rate > 100_000 || seconds < 1 || seconds > 600) {
            throw new IllegalArgumentException("rate is from 20 to 100000, seconds from 1 to 600");
        }
        ways = List.copyOf(ways);
        if (!ALL.containsAll(ways)) {
            throw new IllegalArgumentException("ways are some of " + ALL + ", got " + ways);
        }
    }

    static BenchOptions of(String... args) {
        var options = new BenchOptions(100, 10, 1_000, 20, ALL, false);
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            options = options.with(args[i], args[i + 1]);
        }
        return options;
    }

    private BenchOptions with(String name, String value) {
        return switch (name) {
            case "--rounds" ->
                    new BenchOptions(number(value), peerRounds, rate, seconds, ways, isJson);
            case "--peer-rounds" ->
                    new BenchOptions(rounds, number(value), rate, seconds, ways, isJson);
            case "--rate" ->
                    new BenchOptions(rounds, peerRounds, number(value), seconds, ways, isJson);
            case "--seconds" ->
                    new BenchOptions(rounds, peerRounds, rate, number(value), ways, isJson);
            case "--ways" ->
                    new BenchOptions(
                            rounds, peerRounds, rate, seconds, List.of(value.split(",")), isJson);
            case "--format" ->
                    new BenchOptions(rounds, peerRounds, rate, seconds, ways, value.equals("json"));
            default -> throw new IllegalArgumentException("no such option: " + name);
        };
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    boolean has(String way) {
        return ways.contains(way);
    }
}
