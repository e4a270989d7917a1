package dev.pitcrew.ledger;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry as the bytes that the tree commits to. One entry has one spelling, and each spelling one entry.
///
/// ```
/// leaf   = "pce" form(u8) seconds(i64) nanos(u32) type by subject body
/// others = length(u32) UTF-8 bytes
/// ```
/// The form is 1, or 2 when personal values are commitments. Numbers are big-endian. The index is not inside: the tree commits to the place.
final class LeafCodec {
    private static final int MAGIC = 'p' << 24 | 'c' << 16 | 'e' << 8;
    private static final int CLEAR = 1;
    private static final int COMMITTED = 2;

    private LeafCodec() {}

    static Bytes encode(NewEntry entry) {
        return encode(new Entry(0, entry));
    }

    static Bytes encode(Entry entry) {
        byte[] type = utf8(entry.type().toString());
        byte[] by = utf8(entry.by());
        byte[] subject = utf8(entry.subject());
        byte[] body = utf8(entry.body());
        var at = entry.at();
        int size = 4 + 12 + 4 * 4 + type.length + by.length + subject.length + body.length;
        var out = ByteBuffer.allocate(size).putInt(MAGIC | number(entry.form()));
        out.putLong(at.getEpochSecond()).putInt(at.getNano());
        out.putInt(type.length).put(type).putInt(by.length).put(by);
        out.putInt(subject.length).put(subject).putInt(body.length).put(body);
        return Bytes.owned(out.array());
    }

    /// @throws OperationFailed when a newer release wrote it, or when it is damaged
    static Entry decode(long index, Bytes leaf) {
        var in = ByteBuffer.wrap(leaf.shared());
        try {
            int head = in.getInt();
            var form = form(head & 0xFF);
            if ((head & ~0xFF) == MAGIC && (head & 0xFF) > COMMITTED) {
                throw new OperationFailed(
                        Code.LEDGER_NEWER,
                        "ledger entry %d is in form %d; install the release that wrote it"
                                .formatted(index, head & 0xFF),
                        null);
            }
            if ((head & ~0xFF) != MAGIC || form == null) {
                throw new IllegalArgumentException("unknown form");
            }
            var at = Instant.ofEpochSecond(in.getLong(), in.getInt());
            var type = EntryType.parse(text(in));
            var entry = new Entry(index, at, type, text(in), text(in), text(in), form);
            if (!encode(entry).equals(leaf)) {
                throw new IllegalArgumentException("not canonical");
            }
            return entry;
        } catch (BufferUnderflowException
                | CharacterCodingException
                | DateTimeException
                | IllegalArgumentException e) {
            throw new OperationFailed(
                    Code.LEDGER_CORRUPT,
                    "ledger entry %d can't be read; run `pitcrew ledger verify`".formatted(index),
                    e);
        }
    }

    /// As the number that stands in the leaf and in an export.
    static int number(Entry.Form form) {
        return switch (form) {
            case CLEAR -> CLEAR;
            case COMMITTED -> COMMITTED;
        };
    }

    /// The form of a number; null when this release knows none.
    static Entry.@Nullable Form form(long number) {
        return number == CLEAR
                ? Entry.Form.CLEAR
                : number == COMMITTED ? Entry.Form.COMMITTED : null;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer in) throws CharacterCodingException {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    }
}
