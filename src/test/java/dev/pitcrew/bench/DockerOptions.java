package dev.pitcrew.bench;

import java.util.List;

/// What the bench of Docker is asked for.
///
/// @param rounds changes in a row of each handoff
/// @param peerRounds of the stop-start, and of Compose's
/// @param rate orders a second
/// @param seconds how long the load runs before, with nothing going on
/// @param ways `haproxy-warm` goes back and forth between two versions, of which Pitcrew keeps one warm; all others never run a version twice
/// @param compose the command of Compose; empty: the one that is installed
record DockerOptions(
        int rounds,
        int peerRounds,
        int rate,
        int seconds,
        List<String> ways,
        String compose,
        boolean isJson) {
    static final List<String> ALL =
            List.of("haproxy", "haproxy-warm", "nginx", "stop-start", "compose");

    DockerOptions {
        if (rounds < 1 || rounds > 1_000 || peerRounds < 1 || peerRounds > 1_000) {
            throw new IllegalArgumentException("rounds are from 1 to 1000");
        }
        if (rate < 1 || rate > 100_000 || seconds < 1 || seconds > 600) {
            throw new IllegalArgumentException("rate is from 1 to 100000, seconds from 1 to 600");
        }
        ways = List.copyOf(ways);
        if (!ALL.containsAll(ways)) {
            throw new IllegalArgumentException("ways are some of " + ALL + ", got " + ways);
        }
    }

    static DockerOptions of(String... args) {
        var options = new DockerOptions(5, 5, 100, 10, ALL, "", false);
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            options = options.with(args[i], args[i + 1]);
        }
        return options;
    }

    private DockerOptions with(String name, String value) {
        return switch (name) {
            case "--rounds" ->
                    new DockerOptions(
                            number(value), peerRounds, rate, seconds, ways, compose, isJson);
            case "--peer-rounds" ->
                    new DockerOptions(rounds, number(value), rate, seconds, ways, compose, isJson);
            case "--rate" ->
                    new DockerOptions(
                            rounds, peerRounds, number(value), seconds, ways, compose, isJson);
            case "--seconds" ->
                    new DockerOptions(
                            rounds, peerRounds, rate, number(value), ways, compose, isJson);
            case "--ways" ->
                    new DockerOptions(
                            rounds,
                            peerRounds,
                            rate,
                            seconds,
                            List.of(value.split(",")),
                            compose,
                            isJson);
            case "--compose" ->
                    new DockerOptions(rounds, peerRounds, rate, seconds, ways, value, isJson);
            case "--format" ->
                    new DockerOptions(
                            rounds, peerRounds, rate, seconds, ways, compose, value.equals("json"));
            default -> throw new IllegalArgumentException("no such option: " + name);
        };
    }

    private static int number(String value) {
        return Integer.parseInt(value);
    }
}
