package dev.pitcrew.runtime.haproxy;

import dev.pitcrew.model.Fraction;
import dev.pitcrew.runtime.balancer.Told;
import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What HAProxy is told of one service: the entries of its map, which are changed all at once. Requests look up here whether they are let
/// through and to which slot.
///
/// | key | value |
/// |---|---|
/// | `mode` | `open`, or `hold`: refused with 503 |
/// | `rest` | how many slots get what no canary gets; `rest/0`, `rest/1`, … are their names |
/// | `canary` | the same of those that get the share |
/// | `share` | the share of keys, from 0 to 2^52 |
/// | `owner/NAME` | the slot of the instance called so |
/// | `generation` | grows by one with each change |
/// | `change` | which change it belongs to, such as `r7/forward` |
record Routing(Map<String, String> entries) {
    static final long SPAN = 1L << 52; // as many places as a key may have
    private static final String OPEN = "open";
    private static final String HOLD = "hold";
    private static final String OWNER = "owner/";

    Routing {
        entries = new LinkedHashMap<>(entries);
    }

    /// @param slotOf the name of the slot that leads to an address
    static Routing of(Told told, long generation, String change, Function<Address, String> slotOf) {
        var entries = new LinkedHashMap<String, String>();
        entries.put("mode", told.isHeld() ? HOLD : OPEN);
        entries.put("generation", String.valueOf(generation));
        entries.put("change", change.replaceAll("[^A-Za-z0-9/._-]", "_"));
        entries.put("share", String.valueOf((long) Math.ceil(told.share().value() * SPAN)));
        side(entries, "rest", told.rest(), slotOf);
        side(entries, "canary", told.canaries(), slotOf);
        told.owners().forEach((name, address) -> entries.put(OWNER + name, slotOf.apply(address)));
        return new Routing(entries);
    }

    private static void side(
            Map<String, String> entries,
            String side,
            List<Address> targets,
            Function<Address, String> slotOf) {
        entries.put(side, String.valueOf(targets.size()));
        for (int i = 0; i < targets.size(); i++) {
            entries.put(side + "/" + i, slotOf.apply(targets.get(i)));
        }
    }

    /// @param answer to `show map`: on each line where it is in memory, the key and the value
    static Routing read(String answer) throws IOException {
        var entries = new LinkedHashMap<String, String>();
        for (var line : answer.lines().filter(one -> !one.isBlank()).toList()) {
            var words = line.split(" ", 3);
            if (words.length < 2 || !words[0].startsWith("0x")) {
                throw new IOException("this is no entry of a map: " + line);
            }
            entries.put(words[1], words.length == 3 ? words[2] : "");
        }
        return new Routing(entries);
    }

    long generation() throws IOException {
        return number("generation");
    }

    private long number(String key) throws IOException {
        var text = entries.getOrDefault(key, "0");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("the map's " + key + " is no number: " + text, e);
        }
    }

    /// The names of the slots that may get something.
    Set<String> slots() {
        var slots = new TreeSet<String>();
        entries.forEach(
                (key, value) -> {
                    if (key.contains("/")) {
                        slots.add(value);
                    }
                });
        return slots;
    }

    /// What it comes to: nobody gets anything by way of a slot that is down or leads nowhere.
    ///
    /// @param addressOf where a slot leads
    Told told(Function<String, Optional<Address>> addressOf) throws IOException {
        var owners = new TreeMap<String, Address>();
        entries.forEach(
                (key, slot) -> {
                    if (key.startsWith(OWNER)) {
                        addressOf
                                .apply(slot)
                                .ifPresent(at -> owners.put(key.substring(OWNER.length()), at));
                    }
                });
        var share = Math.clamp(number("share"), 0, SPAN);
        return new Told(
                HOLD.equals(entries.get("mode")),
                side("rest", addressOf),
                side("canary", addressOf),
                new Fraction(share / (double) SPAN),
                owners);
    }

    private List<Address> side(String side, Function<String, Optional<Address>> addressOf)
            throws IOException {
        var targets = new ArrayList<Address>();
        for (long i = 0; i < number(side); i++) {
            addressOf.apply(entries.getOrDefault(side + "/" + i, "")).ifPresent(targets::add);
        }
        return targets;
    }

    /// The share as it is compared: HAProxy knows whole numbers only.
    static UnaryOperator<Told> asCompared() {
        return told ->
                new Told(
                        told.isHeld(),
                        told.rest(),
                        told.canaries(),
                        new Fraction(Math.ceil(told.share().value() * SPAN) / SPAN),
                        told.owners());
    }

    /// One entry a line.
    String lines() {
        var lines = new StringBuilder();
        entries.forEach((key, value) -> lines.append(key).append(' ').append(value).append('\n'));
        return lines.toString();
    }
}
