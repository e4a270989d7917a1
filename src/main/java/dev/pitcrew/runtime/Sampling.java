package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Compared;
import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Sampled;
import dev.pitcrew.judge.input.Scrape;
import dev.pitcrew.model.Judging;
import dev.pitcrew.model.Judging.Source.Prometheus;
import dev.pitcrew.model.Judging.Source.Scraped;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.runtime.http.Instance;
import dev.pitcrew.runtime.http.ProbeReading;
import dev.pitcrew.runtime.http.Probing;
import dev.pitcrew.runtime.http.PrometheusServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Reads what instances of services that are judged have counted, all the time, since the baseline of a change is the past before it. What
/// can't be read stays what it was, with its age; a look that is missing is bridged by the next, because counters only grow.
final class Sampling {
    private static final int KEPT = 30; // looks in the service's past
    private static final Duration GROWTH_MIN = Duration.ofSeconds(30);

    private final TradingSystem system;
    private final Instances instances;
    private final Probing probing;
    private final InstantSource clock;
    private final Map<String, Track> tracks = new ConcurrentHashMap<>();
    private final Set<String> underway = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> asked = new HashMap<>(); // for the timer's thread alone

    Sampling(TradingSystem system, Instances instances, Probing probing, InstantSource clock) {
        this.system = system;
        this.instances = instances;
        this.probing = probing;
        this.clock = clock;
    }

    /// What one instance said, and when it was asked.
    private record Said(Scrape scrape, Instant at) {}

    /// Some looks of one instance's past, the oldest first, and the latest one.
    private static final class Track {
        private final Duration past;
        private final Deque<Said> looks = new ArrayDeque<>();
        private Said latest;

        Track(Duration past, Said first) {
            this.past = past;
            this.latest = first;
            looks.add(first);
        }

        synchronized void add(Said said) {
            if (!said.at.isAfter(latest.at)) {
                return; // looks overlap when an instance is slow
            }
            latest = said;
            if (!said.at.isBefore(looks.getLast().at.plus(past.dividedBy(KEPT)))) {
                looks.add(said);
            }
            var before = said.at.minus(past);
            while (looks.size() > 1 && !second().at.isAfter(before)) {
                looks.removeFirst();
            }
        }

        private Said second() {
            var all = looks.iterator();
            all.next();
            return all.next();
        }

        synchronized Optional<Growth> growth() {
            var span = Duration.between(looks.getFirst().at, latest.at);
            return span.compareTo(GROWTH_MIN) < 0 && span.compareTo(past) < 0
                    ? Optional.empty()
                    : Optional.of(new Growth(latest.scrape.since(looks.getFirst().scrape), span));
        }

        synchronized Sampled sampled() {
            var isKnown = !looks.getFirst().at.isAfter(latest.at.minus(past));
            return new Sampled(
                    isKnown ? looks.getFirst().scrape : Scrape.NONE, latest.scrape, latest.at);
        }
    }

    /// What is known of each instance.
    Map<String, Sampled> samples() {
        var all = new HashMap<String, Sampled>();
        tracks.forEach((name, track) -> all.put(name, track.sampled()));
        return all;
    }

    /// By how much the counters of a service's instances grew together, and in how long.
    ///
    /// @param span the shortest of them
    record Growth(Scrape grown, Duration span) {}

    /// Of the instances that are given; empty while one of them was not watched for long enough.
    Optional<Growth> growth(Collection<String> instances) {
        var grown = new ArrayList<Scrape>();
        var span = Duration.ofDays(365);
        for (var name : instances) {
            var track = tracks.get(name);
            var one = track == null ? Optional.<Growth>empty() : track.growth();
            if (one.isEmpty()) {
                return Optional.empty();
            }
            grown.add(one.get().grown);
            span = one.get().span.compareTo(span) < 0 ? one.get().span : span;
        }
        return grown.isEmpty()
                ? Optional.empty()
                : Optional.of(new Growth(Scrape.together(grown), span));
    }

    /// Asks whoever is due, and forgets who is gone.
    ///
    /// @param isCalm whether nothing is underway, so that the past is all that is wanted
    void look(Desk desk, Instant now, boolean isCalm) {
        var listed = new HashSet<String>();
        for (var service : system.services()) {
            var judging = service.rollout().judge();
            if (judging.isEmpty()) {
                continue;
            }
            var releases = desk.service(service.name()).roster().instances();
            listed.addAll(releases.keySet());
            var pause = pause(judging.get(), isCalm);
            releases.forEach(
                    (name, release) -> {
                        if (!now.isBefore(asked.getOrDefault(name, Instant.MIN).plus(pause))
                                && underway.add(name)) {
                            asked.put(name, now);
                            Thread.ofVirtual()
                                    .name("sample " + name)
                                    .start(() -> ask(service, release.version(), name));
                        }
                    });
        }
        asked.keySet().retainAll(listed);
        tracks.keySet().retainAll(listed);
    }

    private static Duration pause(Judging judging, boolean isCalm) {
        var calm = judging.past().dividedBy(KEPT);
        return isCalm && calm.compareTo(judging.every()) > 0 ? calm : judging.every();
    }

    private void ask(Service service, String version, String name) {
        try {
            var judging = service.rollout().judge().orElseThrow();
            var sent = clock.instant();
            instances
                    .of(service, version, name)
                    .flatMap(one -> read(service, judging, one))
                    .map(one -> one.only(Compared.selectors(judging, service), name))
                    .ifPresent(
                            scrape -> {
                                var said = new Said(scrape, sent);
                                tracks.computeIfAbsent(name, _ -> new Track(judging.past(), said))
                                        .add(said);
                            });
        } finally {
            underway.remove(name);
        }
    }

    private Optional<Scrape> read(Service service, Judging judging, Instance instance) {
        var limit = service.probes().timeout();
        var read =
                switch (judging.source()) {
                    case Scraped(var path) ->
                            probing.fetch(instance.address(), path, limit)
                                            instanceof ProbeReading.Value(var text, _)
                                    ? Scrape.read(instance.name(), text)
                                    : new Read.Bad<Scrape>(
                                            List.of(
                                                    new Problem(
                                                            new Place(instance.name(), 1, 1),
                                                            path + " does not answer")));
                    case Prometheus(var url, var labels) ->
                            new PrometheusServer(url, limit)
                                    .now(
                                            PrometheusServer.series(
                                                    Compared.selectors(judging, service),
                                                    labels.fill(name -> value(instance, name))));
                };
        return read instanceof Read.Good<Scrape>(var scrape)
                ? Optional.of(scrape)
                : Optional.empty();
    }

    private static String value(Instance instance, String name) {
        var value = instance.values().get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing is known as ${" + name + "}");
        }
        return value;
    }
}
