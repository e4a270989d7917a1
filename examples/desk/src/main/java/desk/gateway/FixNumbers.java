package desk.gateway;

import java.io.IOException;
import java.util.Collection;
import java.util.Date;
import quickfix.MessageStore;

/// The sequence numbers of one FIX connection, in memory, below a bound that the order store holds durably.
///
/// Every number that may have been used is below the stored one, so after SIGKILL the next logon may skip some: the
/// venue asks for them, and gets a gap fill. No message is ever sent a second time; what became of an order, the
/// venue is asked.
final class FixNumbers implements MessageStore {
    /// Numbers reserved at once.
    static final int AHEAD = 4_000;

    private final Date created = new Date();
    private int nextSender;
    private int nextTarget;
    private int reserved;

    /// @param reserved every number below it may be used
    FixNumbers(int nextSender, int nextTarget, int reserved) {
        this.nextSender = nextSender;
        this.nextTarget = nextTarget;
        this.reserved = reserved;
    }

    /// Whether it is time to make a higher reservation durable.
    synchronized boolean runsLow() {
        return reserved - nextSender < AHEAD / 2;
    }

    synchronized int wanted() {
        return nextSender + AHEAD;
    }

    synchronized void reserved(int bound) {
        reserved = Math.max(reserved, bound);
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
    public synchronized void incrNextSenderMsgSeqNum() throws IOException {
        if (nextSender >= reserved) {
            throw new IOException("no sequence number is reserved durably beyond " + reserved);
        }
        nextSender++;
    }

    @Override
    public synchronized void incrNextTargetMsgSeqNum() {
        nextTarget++;
    }

    @Override
    public synchronized void setNextSenderMsgSeqNum(int next) {
        nextSender = next;
    }

    @Override
    public synchronized void setNextTargetMsgSeqNum(int next) {
        nextTarget = next;
    }

    /// Keeps nothing: an order is never sent a second time.
    @Override
    public boolean set(int sequence, String message) {
        return true;
    }

    @Override
    public void get(int first, int last, Collection<String> messages) {
        // Nothing is kept, so everything asked for is filled as a gap.
    }

    @Override
    public Date getCreationTime() {
        return created;
    }

    @Override
    public void reset() {
        throw new IllegalStateException("the desk never resets sequence numbers");
    }

    @Override
    public void refresh() {
        // Read from the order store when the connection was made.
    }
}
