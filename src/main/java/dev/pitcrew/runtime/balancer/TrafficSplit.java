package dev.pitcrew.runtime.balancer;

import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.Sticky;
import dev.pitcrew.runtime.http.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where requests go that are not all alike. No balancer remembers anything of a client: where a request goes follows from the request and
/// from this, so several balancers that were told the same do the same, and one that begins again goes on as before.
///
/// @param rest who gets all that no canary gets, in turn; also every request without a key
/// @param canaries who gets the share, in turn; may be empty
/// @param share of keys
/// @param sticky what of a request is its key, and what is the id of an order
/// @param owners by name: who gets what is about an order of its own, also if it gets nothing else
public record TrafficSplit(
        List<Address> rest,
        List<Address> canaries,
        Fraction share,
        Sticky sticky,
        Map<String, Address> owners) {
    /// Of a service that names no key.
    public static final Sticky KEYLESS =
            new Sticky(new Sticky.Part.Header("X-Client"), Optional.empty());

    public TrafficSplit {
        rest = List.copyOf(rest);
        canaries = List.copyOf(canaries);
        owners = new TreeMap<>(owners);
    }
}
