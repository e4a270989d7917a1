package dev.pitcrew.runtime;

import dev.pitcrew.model.Environment;
import dev.pitcrew.model.Environment.Balancer;
import dev.pitcrew.runtime.balancer.ProxyPlace;
import dev.pitcrew.runtime.balancer.Traffic;
import dev.pitcrew.runtime.haproxy.HaproxyConfig;
import dev.pitcrew.runtime.haproxy.HaproxyTraffic;
import dev.pitcrew.runtime.http.Address;
import dev.pitcrew.runtime.nginx.NginxConfig;
import dev.pitcrew.runtime.nginx.NginxTraffic;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/// Which balancer an environment has, where that is not our own: a HAProxy or nginx that somebody else starts.
public final class Balancers {
    private Balancers() {}

    /// Where it is; empty with the built-in one.
    ///
    /// @throws IllegalArgumentException when a variable stands for nothing, or an address is none
    public static Optional<ProxyPlace> place(ControllerSettings settings) {
        return settings.where()
                .proxy()
                .map(one -> ProxyPlace.of(one, settings.system(), name -> value(settings, name)));
    }

    private static String value(ControllerSettings settings, String name) {
        return switch (name) {
            case "dir" -> settings.dataFolder().toString();
            case "config" -> settings.system().folder().toString();
            default -> {
                var value =
                        name.startsWith("env.")
                                ? settings.variables().get(name.substring("env.".length()))
                                : null;
                if (value == null) {
                    throw new IllegalArgumentException("nothing is known as ${" + name + "}");
                }
                yield value;
            }
        };
    }

    /// The way to it.
    static Traffic traffic(Environment environment, ProxyPlace place) {
        return switch (environment.balancer()) {
            case HAPROXY -> new HaproxyTraffic(place);
            case NGINX -> new NginxTraffic(place);
            case BUILT_IN -> throw new IllegalArgumentException("our own has a way of its own");
        };
    }

    /// Where the clients of each service connect; those that listen everywhere are asked for on this machine.
    static Map<String, Address> fronts(Optional<ProxyPlace> place) {
        var fronts = new TreeMap<String, Address>();
        place.ifPresent(
                one ->
                        one.fronts()
                                .forEach(
                                        (name, front) ->
                                                fronts.put(
                                                        name,
                                                        front.listen().host().equals("0.0.0.0")
                                                                ? Address.local(
                                                                        front.listen().port())
                                                                : front.listen())));
        return fronts;
    }

    /// The files that it has to be started with, by path, in the order in which a person would look at them.
    ///
    /// @throws NoSuchElementException when the environment has only the built-in balancer
    public static Map<Path, String> files(ControllerSettings settings) {
        var place = place(settings);
        if (place.isEmpty() || settings.where().balancer() == Balancer.BUILT_IN) {
            throw new NoSuchElementException(
                    "environment %s has the built-in balancer, which needs no configuration"
                            .formatted(settings.environment()));
        }
        return settings.where().balancer() == Balancer.HAPROXY
                ? HaproxyConfig.files(place.get())
                : NginxConfig.files(place.get());
    }
}
