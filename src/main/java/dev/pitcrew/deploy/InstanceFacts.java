package dev.pitcrew.deploy;

import dev.pitcrew.model.Observed;
import java.util.Optional;

/// What is known of one instance, each fact with the time it was observed.
///
/// @param process what its host says
/// @param silence absent while it answers its probes
/// @param passivity absent while it does not say that it is passive
/// @param ready whether it says that it is ready
/// @param active whether it may send, or holds what only one may hold
/// @param token the highest activation token that it knows of
/// @param binary digest of the artifact that it runs, SHA-256 in hex
/// @param configuration digest of its configuration, SHA-256 in hex
/// @param flags digest of its flags, SHA-256 in hex
/// @param session whether it holds a FIX session
/// @param unanswered orders sent to the venue and not answered yet
/// @param inDoubt orders whose fate is unknown
/// @param openOrders orders that rest at the venue
/// @param killed whether the kill latch is set
/// @param feedAgeMillis age of the last market data it used
/// @param requests requests since it was activated
/// @param errors of these, how many failed or were rejected
/// @param slow of these, how many were slow
/// @param duplicates orders refused because their ClOrdID was used before, since it started
public record InstanceFacts(
        Observed<ProcessState> process,
        Optional<Spell> silence,
        Optional<Spell> passivity,
        Observed<Boolean> ready,
        Observed<Boolean> active,
        Observed<Long> token,
        Observed<String> binary,
        Observed<String> configuration,
        Observed<String> flags,
        Observed<Boolean> session,
        Observed<Long> unanswered,
        Observed<Long> inDoubt,
        Observed<Long> openOrders,
        Observed<Boolean> killed,
        Observed<Long> feedAgeMillis,
        Observed<Long> requests,
        Observed<Long> errors,
        Observed<Long> slow,
        Observed<Long> duplicates) {

    /// Of one that counts no duplicate orders.
    public InstanceFacts(
            Observed<ProcessState> process,
            Optional<Spell> silence,
            Optional<Spell> passivity,
            Observed<Boolean> ready,
            Observed<Boolean> active,
            Observed<Long> token,
            Observed<String> binary,
            Observed<String> configuration,
            Observed<String> flags,
            Observed<Boolean> session,
            Observed<Long> unanswered,
            Observed<Long> inDoubt,
            Observed<Long> openOrders,
            Observed<Boolean> killed,
            Observed<Long> feedAgeMillis,
            Observed<Long> requests,
            Observed<Long> errors,
            Observed<Long> slow) {
        this(
                process,
                silence,
                passivity,
                ready,
                active,
                token,
                binary,
                configuration,
                flags,
                session,
                unanswered,
                inDoubt,
                openOrders,
                killed,
                feedAgeMillis,
                requests,
                errors,
                slow,
                Observed.unknown());
    }

    /// The same, with so many duplicate orders.
    public InstanceFacts counting(Observed<Long> duplicates) {
        return new InstanceFacts(
                process,
                silence,
                passivity,
                ready,
                active,
                token,
                binary,
                configuration,
                flags,
                session,
                unanswered,
                inDoubt,
                openOrders,
                killed,
                feedAgeMillis,
                requests,
                errors,
                slow,
                duplicates);
    }

    /// Of an instance that nobody has looked at yet.
    public static final InstanceFacts UNKNOWN =
            new InstanceFacts(
                    Observed.unknown(),
                    Optional.empty(),
                    Optional.empty(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown(),
                    Observed.unknown());
}
