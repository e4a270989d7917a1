package dev.pitcrew.ledger;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/// What a ledger was at one size: enough to hold it to its past.
///
/// @param origin names the ledger among all ledgers, such as `desk.example/ledger`; the name of its key as well
/// @param size how many entries
/// @param root of the tree over them
/// @see <a href="https://c2sp.org/tlog-checkpoint">tlog-checkpoint</a>
public record Checkpoint(String origin, long size, Hash root) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    public Checkpoint {
        NewEntry.oneLine("origin", origin);
        if (origin.isEmpty() || size < 0) {
            throw new IllegalArgumentException("not a checkpoint: " + origin + ", size " + size);
        }
    }

    /// @param text of a note; extension lines after the third are allowed and ignored
    /// @throws IllegalArgumentException when it isn't a checkpoint
    public static Checkpoint parse(String text) {
        var lines = List.of(text.split("\n", -1));
        if (lines.size() < 4 || lines.subList(0, lines.size() - 1).contains("")) {
            throw new IllegalArgumentException("a checkpoint has three lines or more, none empty");
        }
        return new Checkpoint(lines.get(0), size(lines.get(1)), Hash.fromBase64(lines.get(2)));
    }

    /// A tree's size in decimal, without leading zeros.
    static long size(String text) {
        if (!SIZE.matcher(text).matches()) {
            throw new IllegalArgumentException("not a size: " + text);
        }
        return Long.parseLong(text);
    }

    /// The checkpoint as a note, signed by the log.
    public SignedNote sign(SigningKey key) {
        return new SignedNote(text(), List.of(key.sign(text(), Instant.EPOCH)));
    }

    /// The three lines that are signed.
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }
}
