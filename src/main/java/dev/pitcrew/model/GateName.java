package dev.pitcrew.model;

import java.util.Optional;
import java.util.stream.Stream;

/// The gates that Pitcrew knows by itself. A system adds its own, each a command, under other names.
public enum GateName {
    /// Changes may start now.
    WINDOW("window", ""),
    /// The markets leave room for a change now.
    MARKET("market", ""),
    /// No freeze is in force. It takes two people to go on in spite of one.
    FREEZE("freeze", ""),
    /// The bound of this host's clock error.
    CLOCK("clock", ""),
    /// This host's clock goes as the controller's steady one does, so that a window is opened at the right time.
    CLOCK_JUMP("clockJump", ""),
    /// Free space where the ledger is.
    DISK(
            "disk",
            "a change that can't be written down is not begun; make room, or lower diskFree in the system file"),
    /// The kill switch was tried lately.
    KILL_TESTED("killTested", ""),
    /// A witness saw the ledger lately.
    WITNESSED("witnessed", ""),
    /// Market data is fresh.
    FEED("feed", ""),
    /// Orders that rest at the venue.
    OPEN_ORDERS("openOrders", ""),
    /// Two independent accounts of orders and positions agree.
    RECONCILIATION(
            "reconciliation",
            "the change compares the accounts again before it lets orders in, and would only turn back there; find the difference first"),
    /// The version that serves and the new one read what the other writes.
    STATE(
            "state",
            "what can't be read needs no override: the plan says so, and is approved as such"),
    /// The version was promoted from the environment before. Whoever deploys past that says why; it is asked when a change is planned.
    PROMOTION("promotion", ""),
    /// A canary can be decided in the time that it has.
    EVIDENCE("evidence", ""),
    /// Whoever has to agree has agreed.
    APPROVAL("approval", "it is what an override needs"),
    /// It was announced for long enough.
    DELAY("delay", "`pitcrew approve --emergency` is for what can't wait");

    private final String key;
    private final String whyNever;

    GateName(String key, String whyNever) {
        this.key = key;
        this.whyNever = whyNever;
    }

    /// As plans, evidence and the system file spell it, such as `killTested`.
    public String key() {
        return key;
    }

    /// Why nobody may override it; empty when that is possible, with a reason and an approval.
    public Optional<String> whyNever() {
        return Optional.of(whyNever).filter(why -> !why.isEmpty());
    }

    /// The gate of this name; empty for a system's own.
    public static Optional<GateName> of(String key) {
        return Stream.of(values()).filter(one -> one.key.equals(key)).findFirst();
    }
}
