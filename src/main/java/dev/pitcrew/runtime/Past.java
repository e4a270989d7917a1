package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.ledger.Bytes;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Opening;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// All that a controller folds from its ledger before it decides anything.
///
/// @param size how many entries were folded
/// @param remembered what the edge asks of them
/// @param people whose names are in them
record Past(long size, Desk desk, Remembered remembered, Map<String, Opening> people) {
    /// Of an empty ledger.
    static final Past EMPTY = new Past(0, Desk.EMPTY, Remembered.NOTHING, Map.of());

    Past {
        people = Map.copyOf(people);
    }

    /// The same as it is kept.
    ///
    /// @param salts of names, in hex
    record Kept(Desk desk, Remembered remembered, Map<String, String> salts) {}

    /// As far as the ledger goes, from the last snapshot that may be used.
    static Past of(Ledger ledger, Recollection recollection) {
        return recollection
                .recall(Recollection.DESK, Kept.class)
                .map(one -> of(one.size(), one.state()))
                .orElse(EMPTY)
                .further(ledger);
    }

    static Past of(long size, Kept kept) {
        var people = new HashMap<String, Opening>();
        kept.salts()
                .forEach(
                        (name, salt) ->
                                people.put(
                                        name,
                                        new Opening(
                                                Bytes.copyOf(HexFormat.of().parseHex(salt)),
                                                name)));
        return new Past(size, kept.desk(), kept.remembered(), people);
    }

    /// With what the ledger has beyond it.
    Past further(Ledger ledger) {
        var journal = new LedgerJournal(ledger, size, people);
        var folded =
                new Object() {
                    Desk desk = Past.this.desk;
                    Remembered remembered = Past.this.remembered;
                };
        journal.replay(
                event -> {
                    folded.desk = folded.desk.fold(event);
                    folded.remembered = folded.remembered.fold(event);
                });
        return new Past(journal.end(), folded.desk, folded.remembered, journal.people());
    }

    Kept kept() {
        var salts = new HashMap<String, String>();
        people.forEach((name, opening) -> salts.put(name, opening.salt().toString()));
        return new Kept(desk, remembered, salts);
    }
}
