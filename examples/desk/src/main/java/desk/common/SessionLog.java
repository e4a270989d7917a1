package desk.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import quickfix.MessageStore;

/// A FIX session's sent messages and sequence numbers in one file that is only appended to, so that one write moves
/// both. Each line is `S number message`, `N next-sender` or `T next-target`. Survives SIGKILL after each call.
public final class SessionLog implements MessageStore, AutoCloseable {
    private final FileChannel channel;
    private final Date created = new Date();
    // Where each sent message begins in the file, and its length: [2 * number], [2 * number + 1]; 0
    // is unknown.
    private long[] places = new long[1024];
    private int nextSender = 1;
    private int nextTarget = 1;
    private int lastSent;
    private long size;

    public SessionLog(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            replay(Files.readAllBytes(file));
            channel.truncate(size); // a line that a killed writer left unfinished
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replay(byte[] bytes) {
        var start = 0;
        for (var at = 0; at < bytes.length; at++) {
            if (bytes[at] != '\n') {
                continue;
            }
            var space = start + 2;
            while (space < at && bytes[space] != ' ') {
                space++;
            }
            var number =
                    Integer.parseInt(
                            new String(
                                    bytes,
                                    start + 2,
                                    space - start - 2,
                                    StandardCharsets.US_ASCII));
            switch (bytes[start]) {
                case 'S' -> sent(number, space + 1, at - space - 1);
                case 'N' -> nextSender = number;
                default -> nextTarget = number;
            }
            start = at + 1;
        }
        size = start;
    }

    private void sent(int number, long place, int length) {
        if (2 * number + 1 >= places.length) {
            places = Arrays.copyOf(places, 4 * number + 2);
        }
        places[2 * number] = place;
        places[2 * number + 1] = length;
        lastSent = number;
        nextSender = number + 1;
    }

    @Override
    public synchronized boolean set(int sequence, String message) throws IOException {
        var head = "S " + sequence + " ";
        var place = size + head.length();
        write(head + message + "\n");
        var next = nextSender;
        sent(sequence, place, message.length());
        nextSender =
                next; // the engine counts on by itself; a restart in between counts the message as
        // sent
        return true;
    }

    @Override
    public synchronized void get(int start, int end, Collection<String> messages)
            throws IOException {
        for (var number = start; number <= end; number++) {
            if (2 * number + 1 < places.length && places[2 * number] > 0) {
                var buffer = ByteBuffer.allocate((int) places[2 * number + 1]);
                channel.read(buffer, places[2 * number]);
                messages.add(new String(buffer.array(), StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Override
    public synchronized int getNextSenderMsgSeqNum() {
        return nextSender;
    }

    @Override
    public synchronized int getNextTargetMsgSeqNum() {
        return nextTarget;
    }

    @Override
    public synchronized void setNextSenderMsgSeqNum(int next) throws IOException {
        nextSender = next;
        write("N " + next + "\n");
    }

    @Override
    public synchronized void setNextTargetMsgSeqNum(int next) throws IOException {
        nextTarget = next;
        write("T " + next + "\n");
    }

    @Override
    public synchronized void incrNextSenderMsgSeqNum() throws IOException {
        nextSender++;
        if (lastSent != nextSender - 1) { // else the message's own line says it
            write("N " + nextSender + "\n");
        }
    }

    @Override
    public synchronized void incrNextTargetMsgSeqNum() throws IOException {
        setNextTargetMsgSeqNum(nextTarget + 1);
    }

    @Override
    public Date getCreationTime() {
        return created;
    }

    @Override
    public synchronized void reset() throws IOException {
        channel.truncate(0);
        size = 0;
        places = new long[1024];
        nextSender = 1;
        nextTarget = 1;
        lastSent = 0;
    }

    @Override
    public void refresh() {
        // Nobody else writes to the file.
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(String text) throws IOException {
        var buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (buffer.hasRemaining()) {
            size += channel.write(buffer, size);
        }
    }
}
