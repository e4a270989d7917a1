package desk.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Cuts a stream of FIX into messages, by BodyLength.
final class FixFrames {
    private static final int TRAILER = "10=000|".length();
    private static final byte END = 1;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    FixFrames(InputStream in) {
        this.in = in;
    }

    /// @return the next whole message; empty at the end of the stream
    /// @throws IOException when the stream fails or holds no FIX
    Optional<String> next() throws IOException {
        while (true) {
            var length = length();
            if (length > 0 && end - start >= length) {
                var text = new String(buffer, start, length, StandardCharsets.ISO_8859_1);
                start += length;
                return Optional.of(text);
            }
            if (!fill()) {
                return Optional.empty();
            }
        }
    }

    /// @return length of the message at the start of the buffer; 0 while unknown
    private int length() throws IOException {
        var afterVersion = indexOf(END, start) + 1;
        var afterLength = afterVersion == 0 ? 0 : indexOf(END, afterVersion) + 1;
        if (afterLength == 0) {
            return 0;
        }
        var text =
                new String(
                        buffer,
                        afterVersion,
                        afterLength - 1 - afterVersion,
                        StandardCharsets.ISO_8859_1);
        if (!text.matches("9=\\d{1,6}")) {
            throw new IOException("expected BodyLength, got " + text);
        }
        return afterLength - start + Integer.parseInt(text.substring(2)) + TRAILER;
    }

    private int indexOf(byte wanted, int from) {
        for (var i = from; i < end; i++) {
            if (buffer[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, buffer.length * 2);
        }
        var read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read >= 0;
    }
}
