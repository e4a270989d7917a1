package dev.pitcrew.app.init;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.Trading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was found that a system file could say, before anybody was asked. No secret is in it.
///
/// @param name of the system
/// @param files with [Origin#COMPOSE]: those of the project, the later over the earlier
/// @param profiles with [Origin#COMPOSE]: those under which what trades starts
/// @param services in the order of their files
/// @param trading what it seems to trade with
/// @param tradingBecause why it seems so; empty when nothing says it
/// @param venues as people call them, each with where it is spoken of
/// @param feeds what comes in from outside, by its host, each with where
/// @param others what was found and is not in the file, a sentence each
public record Ground(
        Origin origin,
        String name,
        List<String> files,
        List<String> profiles,
        List<Service> services,
        Trading trading,
        String tradingBecause,
        List<String> venues,
        List<String> feeds,
        List<String> others) {
    public Ground {
        files = List.copyOf(files);
        profiles = List.copyOf(profiles);
        services = List.copyOf(services);
        venues = List.copyOf(venues);
        feeds = List.copyOf(feeds);
        others = List.copyOf(others);
    }

    /// A service.
    ///
    /// @param name as a system file calls it
    /// @param original as its own file calls it
    /// @param because why it seems to do that
    /// @param place where it is declared, relative to the repository
    /// @param isLeft whether it is best left to what starts it now
    /// @param hasPort whether its file says where it listens
    /// @param hasReady whether its file says how to see that it is ready
    /// @param run the keys that say how it runs; empty where its file is asked for that
    /// @param listens the port on which it listens, where something tells it
    /// @param several how many run, where it is more than one
    /// @param stopGrace how long it may take to stop
    /// @param needs the services that are started before it, by their own names, where its file isn't asked
    /// @param variables of its environment by name, each with where its value stands
    /// @param asks what its files leave open
    public record Service(
            String name,
            String original,
            Duty duty,
            String because,
            Place place,
            boolean isLeft,
            boolean hasPort,
            boolean hasReady,
            Optional<Fact> listens,
            Optional<Fact> several,
            Optional<Fact> stopGrace,
            List<Call> calls,
            List<Secret> secrets,
            List<Line> run,
            List<String> needs,
            List<Fact> variables,
            List<Ask> asks) {
        public Service {
            calls = List.copyOf(calls);
            secrets = List.copyOf(secrets);
            run = List.copyOf(run);
            needs = List.copyOf(needs);
            variables = List.copyOf(variables);
            asks = List.copyOf(asks);
        }

        /// The same with more variables that are handed over as secrets.
        Service with(List<Secret> more) {
            var all = new ArrayList<>(secrets);
            all.addAll(more);
            return new Service(
                    name, original, duty, because, place, isLeft, hasPort, hasReady, listens,
                    several, stopGrace, calls, all, run, needs, variables, asks);
        }

        /// What a system file would call what it does.
        public Role role() {
            return switch (duty) {
                case ORDER_ENTRY -> Role.ORDER_ENTRY;
                case STRATEGY -> Role.STRATEGY;
                case MARKET_DATA -> Role.FEED;
                case API, WEB -> Role.STATELESS;
                case RISK, BOOKS, PROXY, STORE, QUEUE, MONITOR, JOB, OTHER -> Role.OTHER;
            };
        }
    }

    /// Something that was read.
    ///
    /// @param text as a system file says it
    /// @param place where it was read
    public record Fact(String text, Place place) {}

    /// A line of a service in the words of a system file.
    ///
    /// @param why where it comes from; empty when that is clear
    public record Line(String text, String why) {}

    /// What the files leave open.
    ///
    /// @param example what could be written then, in the words of a system file; empty when there is none
    public record Ask(String question, String example) {}

    /// A variable that says where another service is.
    ///
    /// @param to the other's own name
    /// @param port 0 when none is said
    /// @param path after the address, with its slash; empty when there is none
    /// @param isUrl whether its whole value is an `http` address
    public record Call(
            String variable, String to, int port, String path, boolean isUrl, Place place) {}

    /// A variable whose value is a secret, and where that is taken from.
    ///
    /// @param reference in the words of a system file, such as `{env: NAME}`
    public record Secret(String variable, String reference, String why) {}

    Ground with(List<Service> other) {
        return new Ground(
                origin,
                name,
                files,
                profiles,
                other,
                trading,
                tradingBecause,
                venues,
                feeds,
                others);
    }

    /// The same without anything that starts.
    Ground without(List<String> more) {
        return new Ground(
                Origin.NONE,
                name,
                List.of(),
                List.of(),
                List.of(),
                trading,
                tradingBecause,
                venues,
                feeds,
                more);
    }
}
