package dev.pitcrew.deploy;

import dev.pitcrew.deploy.Effect.Activate;
import dev.pitcrew.deploy.Effect.Adopt;
import dev.pitcrew.deploy.Effect.Deactivate;
import dev.pitcrew.deploy.Effect.Kill;
import dev.pitcrew.deploy.Effect.Start;
import dev.pitcrew.deploy.Effect.StartActive;
import dev.pitcrew.deploy.Effect.Stop;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.model.Token;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The instances of one service that Pitcrew has started and not ended, who of them is active, and under which token.
///
/// @param service the service's name
/// @param instances what each instance was started as, by name, in the order in which they were started
/// @param active the instance that was activated last and not deactivated since
/// @param maybeActive instances that were told to be active, whatever came of it, and not to give it up since
/// @param token the highest token ever intended for this service
/// @param started how many instances were ever started, so that no name is used twice
/// @param routed what the balancer was last told
/// @param origins the course that started each instance, by the instance's name
/// @param courses the release that each course underway leads to, by its id: what it starts is that
public record Roster(
        String service,
        SequencedMap<String, Release> instances,
        Optional<String> active,
        SequencedSet<String> maybeActive,
        Token token,
        int started,
        Routed routed,
        Map<String, String> origins,
        Map<String, Release> courses) {
    private static final String SHADOW = "-shadow";

    /// What the balancer was last told.
    ///
    /// @param targets where to send traffic; the rest of it, where there are canaries
    /// @param canaries where to send a share of it
    /// @param share that share; 0 where there are none
    /// @param at when it was told that, or to hold, or was tried to be: what was seen of it before says nothing any more
    public record Routed(List<String> targets, List<String> canaries, Fraction share, Instant at) {
        static final Routed NEVER = to(List.of(), Instant.MIN);

        public Routed {
            targets = List.copyOf(targets);
            canaries = List.copyOf(canaries);
        }

        /// All traffic goes to these.
        static Routed to(List<String> targets, Instant at) {
            return new Routed(targets, List.of(), new Fraction(0), at);
        }

        /// Everybody to whom some traffic goes.
        public List<String> all() {
            return canaries.isEmpty()
                    ? targets
                    : Stream.concat(targets.stream(), canaries.stream()).toList();
        }
    }

    public Roster {
        instances = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(instances));
        maybeActive = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(maybeActive));
        origins = Collections.unmodifiableMap(new TreeMap<>(origins));
        courses = Collections.unmodifiableMap(new TreeMap<>(courses));
    }

    /// Of a service of which nothing was ever started.
    public static Roster empty(String service) {
        return new Roster(
                service,
                new LinkedHashMap<>(),
                Optional.empty(),
                new LinkedHashSet<>(),
                Token.NONE,
                0,
                Routed.NEVER,
                Map.of(),
                Map.of());
    }

    /// The name of the next instance, such as `gateway-3`.
    public String nextName() {
        return service + "-" + (started + 1);
    }

    /// The name of the next instance when it is a shadow, such as `strategy-3-shadow`.
    String nextShadow() {
        return nextName() + SHADOW;
    }

    /// Whether an instance is a shadow, which may never send: so nobody activates it, sends traffic to it or counts it as a replica.
    public static boolean isShadow(String instance) {
        return instance.endsWith(
                SHADOW); // no other instance's name ends with anything but its number
    }

    /// The version that an instance runs.
    public Optional<String> versionOf(String instance) {
        return Optional.ofNullable(instances.get(instance)).map(Release::version);
    }

    /// Names of the instances that were started as a release, oldest first. The same version with another configuration is another release.
    /// No shadow is one of them.
    public Stream<String> running(Release release) {
        return instances.entrySet().stream()
                .filter(entry -> entry.getValue().equals(release))
                .map(Map.Entry::getKey)
                .filter(one -> !isShadow(one));
    }

    /// The roster after an event; most events leave it as it is.
    public Roster fold(Event event) {
        return switch (event) {
            // From the intention on, because after a crash nobody knows how far it came.
            case EffectIntended(_, _, var course, Start(var instance, var version), _) ->
                    with(instance, version, course);
            case EffectIntended(_, _, var course, StartActive(var instance, var version), _) ->
                    with(instance, version, course).withMaybeActive(instance);
            case EffectIntended(_, _, var course, Adopt adopt, _) -> {
                var listed = with(adopt.instance(), adopt.version(), course);
                yield adopt.isActive() ? listed.withMaybeActive(adopt.instance()) : listed;
            }
            case EffectConfirmed(_, _, _, Adopt adopt, _) ->
                    adopt.isActive() ? withActive(adopt.instance()) : this;
            // It is as it was, and is not ours.
            case EffectFailed(_, _, _, Adopt adopt, _) -> without(adopt.instance());
            case KeepEvent.TokenFound found -> withToken(found.token());
            case KeepEvent.InstanceLeft left -> without(left.instance());
            case EffectIntended(_, _, _, Activate(var instance, var newer), _) ->
                    withToken(newer).withMaybeActive(instance);
            case EffectIntended(_, _, _, Effect.Rearm rearm, _) -> withToken(rearm.token());
            case EffectConfirmed(_, _, _, Activate activate, _) -> withActive(activate.instance());
            case EffectConfirmed(_, _, _, StartActive start, _) -> withActive(start.instance());
            case EffectConfirmed(_, _, _, Deactivate deactivate, _) ->
                    withoutActive(deactivate.instance());
            case EffectConfirmed(_, _, _, Stop stop, _) -> without(stop.instance());
            case EffectConfirmed(_, _, _, Kill kill, _) -> without(kill.instance());
            case EffectConfirmed(var at, _, _, Effect.Route(var targets), _) ->
                    with(Routed.to(targets, at));
            case EffectConfirmed(var at, _, _, Effect.RouteBack(var targets), _) ->
                    with(Routed.to(targets, at));
            case EffectConfirmed(
                            var at,
                            _,
                            _,
                            Effect.Share(var rest, var canaries, var share),
                            _) ->
                    with(new Routed(rest, canaries, share, at));
            case EffectConfirmed(var at, _, _, Effect.Hold _, _) -> toldAt(at);
            case EffectFailed(var at, _, _, Effect.Steering _, _) -> toldAt(at);
            case KeepEvent.InstanceLost lost -> without(lost.instance());
            case RolloutEvent.Started begun -> withCourse(begun.course());
            case RolloutEvent.TurnedBack begun -> withCourse(begun.course());
            case KeepEvent.MendBegun begun -> withCourse(begun.course());
            case RolloutEvent.Finished over -> withoutCourses(over.rollout() + "/");
            case KeepEvent.MendEnded over -> withoutCourses(over.course());
            case KeepEvent.WentStuck _ -> withoutCourses(service + "/mend-");
            default -> this;
        };
    }

    private Roster with(String instance, String version, String course) {
        if (instances.containsKey(instance)) {
            return this; // intended again
        }
        var more = new LinkedHashMap<>(instances);
        more.put(instance, release(version, course));
        var origin = new TreeMap<>(origins);
        origin.put(instance, course);
        return new Roster(
                service, more, active, maybeActive, token, started + 1, routed, origin, courses);
    }

    /// What the course leads to; or, where it starts another version to compare that with, what others run under this name.
    private Release release(String version, String course) {
        return Optional.ofNullable(courses.get(course))
                .filter(one -> one.version().equals(version))
                .or(
                        () ->
                                instances.values().stream()
                                        .filter(one -> one.version().equals(version))
                                        .reduce((_, later) -> later))
                .orElseGet(() -> Release.named(version));
    }

    private Roster without(String instance) {
        var fewer = new LinkedHashMap<>(instances);
        fewer.remove(instance);
        var origin = new TreeMap<>(origins);
        origin.remove(instance);
        return new Roster(
                        service,
                        fewer,
                        active,
                        maybeActive,
                        token,
                        started,
                        routed,
                        origin,
                        courses)
                .withoutActive(instance);
    }

    private Roster withMaybeActive(String instance) {
        var more = new LinkedHashSet<>(maybeActive);
        more.add(instance);
        return new Roster(
                service, instances, active, more, token, started, routed, origins, courses);
    }

    private Roster withActive(String instance) {
        return new Roster(
                service,
                instances,
                Optional.of(instance),
                maybeActive,
                token,
                started,
                routed,
                origins,
                courses);
    }

    private Roster withoutActive(String instance) {
        var left = active.filter(one -> !one.equals(instance));
        var fewer = new LinkedHashSet<>(maybeActive);
        fewer.remove(instance);
        return new Roster(
                service, instances, left, fewer, token, started, routed, origins, courses);
    }

    private Roster withToken(Token newer) {
        return new Roster(
                service,
                instances,
                active,
                maybeActive,
                token.orHigher(newer),
                started,
                routed,
                origins,
                courses);
    }

    private Roster toldAt(Instant at) {
        return with(new Routed(routed.targets(), routed.canaries(), routed.share(), at));
    }

    private Roster with(Routed told) {
        return new Roster(
                service, instances, active, maybeActive, token, started, told, origins, courses);
    }

    private Roster withCourse(Course course) {
        var more = new TreeMap<>(courses);
        more.put(course.id(), course.release());
        return new Roster(
                service, instances, active, maybeActive, token, started, routed, origins, more);
    }

    private Roster withoutCourses(String begin) {
        var fewer = new TreeMap<>(courses);
        fewer.keySet().removeIf(id -> id.startsWith(begin));
        return new Roster(
                service, instances, active, maybeActive, token, started, routed, origins, fewer);
    }
}
