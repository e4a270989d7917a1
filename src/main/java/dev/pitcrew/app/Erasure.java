package dev.pitcrew.app;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.ledger.Commitment;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.EntryType;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.NewEntry;
import dev.pitcrew.ledger.Opening;
import dev.pitcrew.runtime.LedgerJournal;
import dev.pitcrew.runtime.PersonalValues;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Erases personal values from a ledger, which stays whole: its entries hold commitments only. That something was erased is
/// an entry of its own.
///
/// Nobody else may write the ledger meanwhile: a controller would still know what was erased.
///
/// @param ledger opened for writing
public record Erasure(Ledger ledger) {
    private static final EntryType ERASED = new EntryType("ledger.erased", 1);
    private static final PersonalValues PERSONAL = new PersonalValues();

    /// Erases an operator's name, all that this operator wrote, and what others wrote that names this operator.
    ///
    /// @return how many values
    /// @throws IllegalArgumentException when the ledger doesn't know the name, or still needs it to tell two people apart
    public int person(String name, Instant at) {
        needed(name)
                .ifPresent(
                        why -> {
                            throw new IllegalArgumentException(why);
                        });
        var mention =
                Pattern.compile(
                        "(?<![\\p{L}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])",
                        Pattern.CASE_INSENSITIVE);
        var found = new LinkedHashSet<Commitment>();
        try (var entries = ledger.entries(0)) {
            entries.forEach(entry -> found.addAll(about(entry, name, mention)));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the ledger knows nobody called " + name);
        }
        return erase(found, at);
    }

    private Set<Commitment> about(Entry entry, String name, Pattern mention) {
        var found = new LinkedHashSet<Commitment>();
        for (var one : PERSONAL.names(entry)) {
            if (clear(one).filter(name::equals).isPresent()) {
                found.add(one);
                PERSONAL.texts(entry).stream()
                        .filter(text -> clear(text).isPresent())
                        .forEach(found::add);
            }
        }
        for (var one : PERSONAL.texts(entry)) {
            if (clear(one).filter(text -> mention.matcher(text).find()).isPresent()) {
                found.add(one);
            }
        }
        return found;
    }

    private Optional<String> clear(Commitment commitment) {
        return ledger.opening(commitment).map(Opening::clear);
    }

    /// What still has to know the name: that another person approves or re-assesses can be told only from the name.
    private Optional<String> needed(String name) {
        var desk = Desk.EMPTY;
        var marks = Marks.NONE;
        for (var event : new LedgerJournal(ledger).replay()) {
            desk = desk.fold(event);
            marks = marks.fold(event);
        }
        for (var service : desk.services().keySet()) {
            if (desk.service(service).rollout().orElse(null) instanceof Rollout.Waiting waiting
                    && waiting.by().equals(name)) {
                return Optional.of(
                        "%s asked for %s of %s, which waits for another person; `pitcrew abort %s` first"
                                .formatted(name, waiting.id(), service, service));
            }
        }
        return marks.toReassess().values().stream()
                .filter(one -> one.by().equals(name))
                .findFirst()
                .map(
                        one ->
                                "%s took on %s of %s alone; another person has to `pitcrew reassess %s %s` first"
                                        .formatted(
                                                name,
                                                one.rollout(),
                                                one.service(),
                                                one.service(),
                                                one.rollout()));
    }

    /// Erases what was written into one entry, such as a secret by mistake. Who wrote it stays known.
    ///
    /// @return how many values
    /// @throws IllegalArgumentException when there is no such entry, or nothing in it to erase
    public int entry(long index, Instant at) {
        List<Entry> entries;
        try (var all = ledger.entries(index)) {
            entries = all.limit(1).toList();
        }
        var found =
                entries.stream()
                        .flatMap(entry -> PERSONAL.texts(entry).stream())
                        .filter(one -> clear(one).isPresent())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        if (found.isEmpty()) {
            throw new IllegalArgumentException("entry " + index + " has nothing to erase");
        }
        return erase(found, at);
    }

    private int erase(Collection<Commitment> found, Instant at) {
        var body =
                found.stream()
                        .map(one -> "\"" + one + "\"")
                        .collect(Collectors.joining(",", "{\"erased\":[", "]}"));
        ledger.append(List.of(new NewEntry(at, ERASED, "ledger", "", body)));
        return ledger.erase(found);
    }
}
