package dev.pitcrew.runtime.haproxy;

import dev.pitcrew.runtime.balancer.Told;
import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// One HAProxy.
///
/// @param folder by which it knows the maps
/// @param begins what it begins with; empty where its disk isn't ours
record OneHaproxy(RuntimeApi api, Path folder, Optional<BeginFiles> begins) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern VERSION = Pattern.compile("New version created: (\\d+)");

    /// It does not want what it was asked for. Nothing of the routing has changed.
    static final class Unwilling extends Exception {
        private static final long serialVersionUID = 1;

        Unwilling(String reason) {
            super(reason);
        }
    }

    Standing read(String service) throws IOException, Unwilling {
        var map = api.ask("show map " + HaproxyConfig.map(folder, service));
        if (map.startsWith("Unknown map")) {
            throw new Unwilling(
                    "HAProxy at %s knows no map of %s; start it with what `pitcrew balancer` prints"
                            .formatted(api.place(), service));
        }
        var stat = api.ask("show stat " + service + " 7 -1");
        var slots = Slot.read(service, api.ask("show servers state " + service), stat);
        return new Standing(Routing.read(map), slots, new Stat(service, stat).current("FRONTEND"));
    }

    /// Has it do what it is told: first the slots lead where they have to, then the map changes as a whole, then slots that nobody
    /// needs are put out of use.
    void tell(String service, Standing before, Told told, long generation, String change)
            throws IOException, Unwilling {
        var slotOf = slots(service, before, told);
        var routing =
                Routing.of(told, generation, change, at -> Objects.requireNonNull(slotOf.get(at)));
        if (begins.isPresent()) {
            // Slots first, then the map: a map on the disk never names a slot that leads elsewhere
            // there.
            begins.get().slots(api.ask("show servers state"));
            begins.get().map(service, routing);
        }
        try {
            replace(service, routing);
        } catch (Unwilling e) {
            if (begins.isPresent()) {
                begins.get().map(service, before.routing());
            }
            throw e;
        }
        retire(service, routing);
    }

    /// A slot for each address.
    private Map<Address, String> slots(String service, Standing before, Told told)
            throws IOException, Unwilling {
        var slotOf = new TreeMap<Address, String>(Comparator.comparing(Address::toString));
        var taken = new HashSet<>(before.routing().slots());
        for (var address : told.all()) {
            if (!IPV4.matcher(address.host()).matches()) {
                throw new Unwilling("HAProxy wants an IPv4 address, got " + address);
            }
            for (var slot : before.slots().values()) {
                if (slot.address().filter(address::equals).isPresent()
                        && !slotOf.containsKey(address)) {
                    slotOf.put(address, slot.name());
                    taken.add(slot.name());
                }
            }
        }
        for (var address : told.all()) {
            var slot = slotOf.get(address);
            if (slot == null) {
                slot = free(service, before, taken);
                slotOf.put(address, slot);
                taken.add(slot);
                var _ =
                        api.ask(
                                "set server %s/%s addr %s port %d"
                                        .formatted(service, slot, address.host(), address.port()));
            }
            refused(api.ask("set server %s/%s state ready".formatted(service, slot)));
        }
        var now =
                Slot.read(
                        service,
                        api.ask("show servers state " + service),
                        api.ask("show stat " + service + " 7 -1"));
        for (var one : slotOf.entrySet()) {
            var slot = now.get(one.getValue());
            if (slot == null || !slot.isUp() || !slot.address().equals(Optional.of(one.getKey()))) {
                throw new Unwilling(
                        "HAProxy's %s/%s does not lead to %s, but is %s"
                                .formatted(service, one.getValue(), one.getKey(), slot));
            }
        }
        return slotOf;
    }

    private static String free(String service, Standing before, Set<String> taken)
            throws Unwilling {
        return before.slots().values().stream()
                .filter(slot -> slot.busy() == 0 && !taken.contains(slot.name()))
                .map(Slot::name)
                .findFirst()
                .orElseThrow(
                        () ->
                                new Unwilling(
                                        "all %d slots of %s at HAProxy are in use; raise slots in pitcrew.yaml"
                                                .formatted(before.slots().size(), service)));
    }

    /// As one change: requests see all of the old map, or all of the new one.
    private void replace(String service, Routing routing) throws IOException, Unwilling {
        var map = HaproxyConfig.map(folder, service);
        var prepared = VERSION.matcher(api.ask("prepare map " + map));
        if (!prepared.find()) {
            throw new Unwilling("HAProxy prepares no change of " + map);
        }
        var version = "@" + prepared.group(1) + " " + map;
        refused(api.ask("add map %s <<\n%s".formatted(version, routing.lines())));
        refused(api.ask("commit map " + version));
    }

    private static void refused(String answer) throws Unwilling {
        if (!answer.isEmpty()) {
            throw new Unwilling("HAProxy refused: " + Slot.first(answer));
        }
    }

    /// What is said of a slot here is for people who look at HAProxy's own page: nobody sends anything there, whatever it says.
    private void retire(String service, Routing routing) throws IOException {
        var used = routing.slots();
        var stat = api.ask("show stat " + service + " 7 -1");
        for (var slot :
                Slot.read(service, api.ask("show servers state " + service), stat).values()) {
            if (slot.isUp() && !used.contains(slot.name())) {
                var state = slot.busy() > 0 ? "drain" : "maint";
                var _ = api.ask("set server %s/%s state %s".formatted(service, slot.name(), state));
            }
        }
    }

    /// Closes all that is with slots that get nothing new.
    void cut(String service, Standing standing) throws IOException, Unwilling {
        var told = standing.told().everybody();
        for (var slot : standing.slots().values()) {
            if (slot.busy() > 0 && slot.address().filter(told::contains).isEmpty()) {
                refused(api.ask("shutdown sessions server %s/%s".formatted(service, slot.name())));
            }
        }
    }
}
