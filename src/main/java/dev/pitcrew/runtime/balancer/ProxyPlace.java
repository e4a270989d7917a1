package dev.pitcrew.runtime.balancer;

import dev.pitcrew.model.Proxy;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.http.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Where HAProxy or nginx is, with every `${…}` filled in.
///
/// @param sockets of HAProxy: paths, or `host:port`
/// @param folder what is written for the balancer
/// @param pid of nginx: the file that names its master process
/// @param configuration of nginx: its main file
/// @param fronts by service, in order
public record ProxyPlace(
        List<String> sockets,
        Path folder,
        Optional<Path> pid,
        Path configuration,
        Map<String, Front> fronts) {
    public ProxyPlace {
        sockets = List.copyOf(sockets);
        fronts = new TreeMap<>(fronts);
    }

    /// Where clients of one service connect.
    ///
    /// @param sticky what of a request is looked at; empty: nothing
    public record Front(
            Address listen,
            Proxy.Mode mode,
            int slots,
            Optional<Duration> closeAfter,
            Optional<Sticky> sticky) {}

    /// @param fill what variables stand for
    public static ProxyPlace of(Proxy proxy, TradingSystem system, Function<String, String> fill) {
        var fronts = new TreeMap<String, Front>();
        proxy.fronts()
                .forEach(
                        (name, one) ->
                                fronts.put(
                                        name,
                                        new Front(
                                                Address.parse(one.listen().fill(fill)),
                                                one.mode(),
                                                one.slots(),
                                                one.closeAfter(),
                                                sticky(system, name, one))));
        return new ProxyPlace(
                proxy.sockets().stream().map(one -> one.fill(fill)).toList(),
                Path.of(proxy.folder().fill(fill)),
                proxy.pid().map(one -> Path.of(one.fill(fill))),
                Path.of(proxy.configuration().fill(fill)),
                fronts);
    }

    private static Optional<Sticky> sticky(TradingSystem system, String name, Proxy.Front front) {
        return front.mode() == Proxy.Mode.TCP
                ? Optional.empty()
                : Optional.of(system.service(name).rollout().sticky().orElse(TrafficSplit.KEYLESS));
    }
}
