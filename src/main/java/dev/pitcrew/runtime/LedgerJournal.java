package dev.pitcrew.runtime;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.JudgeEvent;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.StepFailed;
import dev.pitcrew.deploy.StepTaken;
import dev.pitcrew.ledger.Bytes;
import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.EntryType;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.NewEntry;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Gatherers;

/// Events in the ledger. An entry's subject is the rollout or course that it is about, else the service; it is by the
/// operator who asked, else by the controller.
///
/// What is personal in an event stands in its entry as salted commitments, and in the clear beside the ledger, where it can
/// be erased. An operator's name has one salt for ever, so that two people stay two once they are erased; each text that an
/// operator wrote has a new one.
public final class LedgerJournal implements Journal {
    private static final String CONTROLLER = "controller";
    private static final int PAGE = 500;
    private static final int PAGES_AHEAD = 8;

    private final Ledger ledger;
    private final RandomGenerator random;
    private final EventCodec codec = new EventCodec();
    private final PersonalValues personal = new PersonalValues();
    private final Map<String, Opening> people; // touched by one writer at a time
    private final long from;
    private long known; // entries whose people are known

    public LedgerJournal(Ledger ledger) {
        this(ledger, new SecureRandom());
    }

    /// @param random makes salts
    LedgerJournal(Ledger ledger, RandomGenerator random) {
        this(ledger, random, 0, Map.of());
    }

    /// One that need not be told again what comes first.
    ///
    /// @param from the first entry that it replays
    /// @param people whose names are in the entries before that
    LedgerJournal(Ledger ledger, long from, Map<String, Opening> people) {
        this(ledger, new SecureRandom(), from, people);
    }

    private LedgerJournal(
            Ledger ledger, RandomGenerator random, long from, Map<String, Opening> people) {
        this.ledger = ledger;
        this.random = random;
        this.from = from;
        this.known = from;
        this.people = new HashMap<>(people);
    }

    @Override
    public List<Event> replay() {
        var events = new ArrayList<Event>();
        replay(events::add);
        return List.copyOf(events);
    }

    @Override
    public void replay(Consumer<Event> action) {
        replay(from, one -> one.event().ifPresent(action));
    }

    /// An entry, and the event that it is; empty when it is none, or a newer release wrote it.
    public record Told(Entry entry, Optional<Event> event) {}

    /// Other threads read what entries say, some pages ahead; entries come in their order, on the caller's.
    ///
    /// @param from the first entry
    public void replay(long from, Consumer<Told> action) {
        try (var readers = Executors.newWorkStealingPool();
                var entries = ledger.entries(from)) {
            var ahead = new ArrayDeque<Future<Read>>();
            for (var page :
                    (Iterable<List<Entry>>) entries.gather(Gatherers.windowFixed(PAGE))::iterator) {
                ahead.add(readers.submit(() -> read(page)));
                if (ahead.size() > PAGES_AHEAD) {
                    take(ahead.remove(), action);
                }
            }
            while (!ahead.isEmpty()) {
                take(ahead.remove(), action);
            }
        }
    }

    /// What a page of entries says.
    ///
    /// @param people whose names are in it
    /// @param end how many entries there are up to its end
    private record Read(List<Told> told, List<Opening> people, long end) {}

    /// Up to which entry its people are known: once it was replayed, so many entries were.
    long end() {
        return known;
    }

    /// Whose names are in the entries before [#end()].
    Map<String, Opening> people() {
        return Map.copyOf(people);
    }

    private void take(Future<Read> page, Consumer<Told> action) {
        var read = read(page);
        if (known < read.end()) { // so that the first append needn't look for them
            read.people().forEach(one -> people.putIfAbsent(one.clear(), one));
            known = read.end();
        }
        read.told().forEach(action);
    }

    private Read read(List<Entry> page) {
        var personalOnes = page.stream().flatMap(PersonalValues::commitments).distinct().toList();
        var openings =
                personalOnes.isEmpty()
                        ? Map.<Commitment, Opening>of()
                        : ledger.openings(personalOnes);
        return new Read(
                page.stream()
                        .map(
                                entry ->
                                        personal.opened(
                                                entry,
                                                one -> Optional.ofNullable(openings.get(one))))
                        .map(
                                entry ->
                                        new Told(
                                                entry,
                                                codec.decode(
                                                        entry.type().toString(), entry.body())))
                        .toList(),
                page.stream()
                        .flatMap(entry -> personal.names(entry).stream())
                        .flatMap(one -> Optional.ofNullable(openings.get(one)).stream())
                        .toList(),
                page.getLast().index() + 1);
    }

    private static Read read(Future<Read> page) {
        try {
            return page.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed(
                    Code.LEDGER_UNAVAILABLE, "interrupted while the ledger was read", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// What an entry says; empty when a newer release wrote it.
    public Optional<Event> event(Entry entry) {
        return codec.decode(entry.type().toString(), opened(entry).body());
    }

    /// An entry for people, with what is personal in the clear, or called erased where nobody knows it any more.
    public Entry opened(Entry entry) {
        return personal.opened(entry, ledger::opening);
    }

    @Override
    public void append(List<Event> events) {
        ledger.append(events.stream().map(this::entry).toList());
    }

    private NewEntry entry(Event event) {
        var coded = codec.encode(event);
        var by = codec.text(coded.body(), "by").filter(one -> !one.isEmpty());
        var openings = new ArrayList<Opening>();
        var body =
                codec.withTexts(
                        coded.body(),
                        (key, text) ->
                                PersonalValues.isPersonal(by.isPresent(), key, text)
                                        ? commitment(
                                                PersonalValues.isName(key) ? who(text) : said(text),
                                                openings)
                                        : text);
        return new NewEntry(
                event.at(),
                EntryType.parse(coded.type()),
                by.map(one -> commitment(who(one), openings)).orElse(CONTROLLER),
                subject(event),
                body,
                openings);
    }

    private static String commitment(Opening opening, List<Opening> openings) {
        openings.add(opening);
        return opening.commitment().toString();
    }

    private Opening said(String text) {
        var salt = new byte[Opening.SALT_SIZE];
        random.nextBytes(salt);
        return new Opening(Bytes.copyOf(salt), text);
    }

    private Opening who(String name) {
        if (!people.containsKey(name)) {
            learn();
        }
        return people.computeIfAbsent(name, this::said);
    }

    /// Looks for the salts of names in what was appended since it was last looked for.
    private void learn() {
        try (var entries = ledger.entries(known)) {
            entries.forEach(
                    entry -> {
                        personal.names(entry).stream()
                                .flatMap(one -> ledger.opening(one).stream())
                                .forEach(one -> people.putIfAbsent(one.clear(), one));
                        known = entry.index() + 1;
                    });
        }
    }

    private static String subject(Event event) {
        return switch (event) {
            case RolloutEvent one -> one.rollout();
            case EffectIntended one -> one.course();
            case EffectConfirmed one -> one.course();
            case EffectFailed one -> one.course();
            case StepTaken one -> one.course();
            case StepFailed one -> one.course();
            case JudgeEvent one -> one.course();
            case KeepEvent.MendBegun one -> one.course().id();
            case KeepEvent.MendEnded one -> one.course();
            case DeskEvent.Reassessed one -> one.rollout();
            case DeskEvent.Promoted one -> one.rollout();
            case KeepEvent one -> one.service();
            case DeskEvent one -> one.service();
        };
    }
}
