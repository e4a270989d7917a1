package dev.pitcrew.deploy;

import dev.pitcrew.model.Observed;
import java.time.Instant;
import java.util.Optional;

/// What may be seen of an instance.
public final class Sights {
    private Sights() {}

    /// It lives, is ready, and reports what was approved.
    public static InstanceFacts alive(Release release, boolean isActive, long token, Instant at) {
        return alive(release, isActive, token, Optional.empty(), at);
    }

    /// It was active under token 1, and has said for a minute that it is passive.
    static InstanceFacts lapsed(Release release, Instant at) {
        return alive(release, false, 1, Optional.of(new Spell(at.minusSeconds(60), 600)), at);
    }

    private static InstanceFacts alive(
            Release release, boolean isActive, long token, Optional<Spell> passivity, Instant at) {
        return new InstanceFacts(
                new Observed<>(ProcessState.RUNNING, at),
                Optional.empty(),
                passivity,
                new Observed<>(true, at),
                new Observed<>(isActive, at),
                new Observed<>(token, at),
                new Observed<>(release.binary(), at),
                new Observed<>(release.configuration(), at),
                new Observed<>(release.flags(), at),
                new Observed<>(isActive, at),
                new Observed<>(0L, at),
                new Observed<>(0L, at),
                new Observed<>(0L, at),
                new Observed<>(false, at),
                Observed.unknown(),
                new Observed<>(1000L, at),
                new Observed<>(0L, at),
                new Observed<>(0L, at));
    }

    /// Its host confirms that it is dead.
    public static InstanceFacts dead(Instant at) {
        return silent(ProcessState.DEAD, Optional.empty(), at);
    }

    /// It runs and has not answered for a minute.
    public static InstanceFacts hanging(Instant at) {
        var silence = new Spell(at.minusSeconds(60), 100);
        return silent(ProcessState.RUNNING, Optional.of(silence), at);
    }

    /// It lives and is ready, and does not say whether it is active.
    static InstanceFacts secretive(Release release, Instant at) {
        var one = alive(release, false, 1, at);
        return new InstanceFacts(
                one.process(),
                one.silence(),
                one.passivity(),
                one.ready(),
                Observed.unknown(),
                one.token(),
                one.binary(),
                one.configuration(),
                one.flags(),
                one.session(),
                one.unanswered(),
                one.inDoubt(),
                one.openOrders(),
                one.killed(),
                one.feedAgeMillis(),
                one.requests(),
                one.errors(),
                one.slow());
    }

    /// The same without a FIX session.
    public static InstanceFacts loggedOut(InstanceFacts one) {
        return new InstanceFacts(
                one.process(),
                one.silence(),
                one.passivity(),
                one.ready(),
                one.active(),
                one.token(),
                one.binary(),
                one.configuration(),
                one.flags(),
                new Observed<>(false, one.session().at()),
                one.unanswered(),
                one.inDoubt(),
                one.openOrders(),
                one.killed(),
                one.feedAgeMillis(),
                one.requests(),
                one.errors(),
                one.slow());
    }

    /// It is active, and does not say how many orders are in doubt.
    static InstanceFacts uncounted(Release release, Instant at) {
        var one = alive(release, true, 1, at);
        return new InstanceFacts(
                one.process(),
                one.silence(),
                one.passivity(),
                one.ready(),
                one.active(),
                one.token(),
                one.binary(),
                one.configuration(),
                one.flags(),
                one.session(),
                one.unanswered(),
                Observed.unknown(),
                one.openOrders(),
                one.killed(),
                one.feedAgeMillis(),
                one.requests(),
                one.errors(),
                one.slow());
    }

    private static InstanceFacts silent(ProcessState process, Optional<Spell> silence, Instant at) {
        var none = InstanceFacts.UNKNOWN;
        return new InstanceFacts(
                new Observed<>(process, at),
                silence,
                none.passivity(),
                none.ready(),
                none.active(),
                none.token(),
                none.binary(),
                none.configuration(),
                none.flags(),
                none.session(),
                none.unanswered(),
                none.inDoubt(),
                none.openOrders(),
                none.killed(),
                none.feedAgeMillis(),
                none.requests(),
                none.errors(),
                none.slow());
    }
}
