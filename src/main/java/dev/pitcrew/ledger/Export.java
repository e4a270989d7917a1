package dev.pitcrew.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A ledger as one text file that carries all that verification needs.
///
/// ```
/// pitcrew-ledger-export/2
/// key VKEY
/// checkpoint LINES           any number of these, each followed by so many lines of a signed note
/// opening SALT CLEAR         any number of these, both in base64: personal values, when they were asked for
/// entries
/// INDEX ␉ AT ␉ TYPE ␉ BY ␉ SUBJECT ␉ BODY ␉ LEAF HASH ␉ LINK ␉ FORM    one line an entry, to the end of the file
/// ```
/// The leaf's bytes follow from the fields, so what a person reads is what is verified. Version 1 had neither openings
/// nor a form; it is still read.
public final class Export {
    private static final String FIRST_LINE = "pitcrew-ledger-export/2";
    private static final String OLD_FIRST_LINE = "pitcrew-ledger-export/1";

    private Export() {}

    /// Writes a store's past. Sign a checkpoint before, so that all entries are covered.
    ///
    /// @param openings the personal values that come along, perhaps none
    /// @throws IOException when the file can't be written
    public static void write(
            LedgerStore store, VerifierKey key, Collection<Opening> openings, Writer out)
            throws IOException {
        var checkpoints = store.checkpoints();
        out.append(FIRST_LINE).append("\nkey ").append(key.toString()).append('\n');
        for (var note : checkpoints) {
            out.append("checkpoint ").append(Long.toString(note.lines().count())).append('\n');
            out.append(note);
        }
        for (var opening : openings) {
            out.append("opening ").append(base64(opening.salt())).append(' ');
            out.append(base64(Bytes.owned(opening.clear().getBytes(UTF_8)))).append('\n');
        }
        out.append("entries\n");
        try (var leaves = Ledger.leaves(store, 0, store.size())) {
            for (var leaf : (Iterable<LedgerStore.Indexed>) leaves::iterator) {
                out.append(line(leaf)).append('\n');
            }
        }
    }

    private static String line(LedgerStore.Indexed indexed) {
        var entry = LeafCodec.decode(indexed.index(), indexed.leaf().data());
        return String.join(
                "\t",
                Long.toString(entry.index()),
                entry.at().toString(),
                entry.type().toString(),
                entry.by(),
                entry.subject(),
                entry.body(),
                indexed.leaf().hash().base64(),
                base64(indexed.leaf().link()),
                Integer.toString(LeafCodec.number(entry.form())));
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.shared());
    }

    /// Reads the head now and the entries as they are wanted; once.
    ///
    /// @param in stays open until the leaves were read
    /// @return the history that the file presents, to be verified. Its leaves throw [Unreadable] at a line that is no
    ///     entry
    /// @throws IOException when the file can't be read
    /// @throws Unreadable when the head isn't an export's
    public static History read(BufferedReader in) throws IOException {
        var first = in.readLine();
        boolean hasForms = FIRST_LINE.equals(first);
        if (!hasForms && !OLD_FIRST_LINE.equals(first)) {
            throw new Unreadable("not a ledger export: it must begin with " + FIRST_LINE, null);
        }
        try {
            var key = VerifierKey.parse(after("key ", in.readLine()));
            var checkpoints = new ArrayList<String>();
            var openings = new HashMap<Commitment, Opening>();
            var line = in.readLine();
            for (; !"entries".equals(line); line = in.readLine()) {
                if (line != null && line.startsWith("opening ")) {
                    var opening = opening(line);
                    openings.put(opening.commitment(), opening);
                    continue;
                }
                long lines = Checkpoint.size(after("checkpoint ", line));
                checkpoints.add(note(in, lines));
            }
            return new Presented(
                    key,
                    () -> in.lines().map(row -> leaf(row, hasForms)),
                    checkpoints,
                    commitment -> Optional.ofNullable(openings.get(commitment)));
        } catch (IllegalArgumentException e) {
            throw new Unreadable("the export's head is damaged: " + e.getMessage(), e);
        }
    }

    private static String after(String word, @Nullable String line) {
        if (line == null || !line.startsWith(word)) {
            throw new IllegalArgumentException("expected '" + word + "', found " + line);
        }
        return line.substring(word.length());
    }

    private static String note(BufferedReader in, long lines) throws IOException {
        var note = new StringBuilder();
        for (long i = 0; i < lines; i++) {
            note.append(after("", in.readLine())).append('\n');
        }
        return note.toString();
    }

    private static Opening opening(String line) {
        var fields = List.of(line.split(" ", -1));
        if (fields.size() != 3) {
            throw new IllegalArgumentException("not an opening: " + fields.size() + " fields");
        }
        var decoder = Base64.getDecoder();
        return new Opening(
                Bytes.owned(decoder.decode(fields.get(1))),
                new String(decoder.decode(fields.get(2)), UTF_8));
    }

    private static LedgerStore.Indexed leaf(String line, boolean hasForms) {
        var fields = List.of(line.split("\t", -1));
        try {
            int expected = hasForms ? 9 : 8;
            if (fields.size() != expected) {
                throw new IllegalArgumentException(
                        fields.size() + " fields instead of " + expected);
            }
            var form = hasForms ? LeafCodec.form(Checkpoint.size(fields.get(8))) : Entry.Form.CLEAR;
            if (form == null) {
                throw new IllegalArgumentException("no form of an entry: " + fields.get(8));
            }
            long index = Checkpoint.size(fields.get(0));
            var at = Instant.parse(fields.get(1));
            if (!at.toString().equals(fields.get(1))) {
                throw new IllegalArgumentException("not a canonical time: " + fields.get(1));
            }
            var entry =
                    new Entry(
                            index,
                            at,
                            EntryType.parse(fields.get(2)),
                            fields.get(3),
                            fields.get(4),
                            fields.get(5),
                            form);
            var link = Bytes.owned(Base64.getDecoder().decode(fields.get(7)));
            if (!Base64.getEncoder().encodeToString(link.shared()).equals(fields.get(7))) {
                throw new IllegalArgumentException("not canonical base64: " + fields.get(7));
            }
            var hash = Hash.fromBase64(fields.get(6));
            return new LedgerStore.Indexed(index, new Leaf(LeafCodec.encode(entry), hash, link));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Unreadable("a line is no entry: " + e.getMessage(), e);
        }
    }

    /// The file isn't an export, or a line of it was damaged beyond reading.
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
