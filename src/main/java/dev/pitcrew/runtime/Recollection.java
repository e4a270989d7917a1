package dev.pitcrew.runtime;

import dev.pitcrew.ledger.Bytes;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.Snapshots;
import dev.pitcrew.ledger.Snapshots.Found;
import dev.pitcrew.ledger.Snapshots.NotFound;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// Where folds over a ledger begin, and where they leave what they have come to: its snapshots. Whatever is wrong with one, the fold begins
/// with the first entry, and it is said why.
public final class Recollection {
    /// The desk and what the edge remembers.
    static final String DESK = "desk";

    /// What the faces show of the past.
    public static final String SHOWN = "shown";

    /// After so many entries another snapshot is kept: half a second of a start.
    static final int EVERY = 20_000;

    private static final int SALT_SIZE = 32;

    private final Snapshots snapshots;
    private final SecureRandom random = new SecureRandom();
    private final int every;
    private final BooleanSupplier mayAppend;
    private final Executor writer; // away from whoever folds
    private final InstantSource clock;
    private final StateCodec codec = new StateCodec();
    private final Map<String, Long> kept = new ConcurrentHashMap<>(); // or tried to, by name
    private volatile String told = "";

    /// A state, and how many entries were folded into it.
    public record Recalled<S extends Record>(long size, S state) {}

    /// @param mayAppend whether the ledger may be written now
    /// @param writer appends, away from whoever folds
    Recollection(Ledger ledger, BooleanSupplier mayAppend, Executor writer, InstantSource clock) {
        this(new Snapshots(ledger, Program.digest()), EVERY, mayAppend, writer, clock);
    }

    /// @param every after how many entries another snapshot is kept
    Recollection(
            Snapshots snapshots,
            int every,
            BooleanSupplier mayAppend,
            Executor writer,
            InstantSource clock) {
        this.snapshots = snapshots;
        this.every = every;
        this.mayAppend = mayAppend;
        this.writer = writer;
        this.clock = clock;
    }

    /// Of a ledger in which nobody keeps anything.
    public static Recollection none(Ledger ledger) {
        return new Recollection(
                new Snapshots(ledger, ""),
                Integer.MAX_VALUE,
                () -> false,
                _ -> {},
                InstantSource.system());
    }

    /// The state that was kept last under a name; empty when all entries have to be folded.
    public <S extends Record> Optional<Recalled<S>> recall(String name, Class<S> type) {
        var recalled = recalled(name, type);
        kept.put(name, recalled.map(Recalled::size).orElse(0L));
        return recalled;
    }

    private <S extends Record> Optional<Recalled<S>> recalled(String name, Class<S> type) {
        try {
            return switch (snapshots.recall(name)) {
                case Found(var size, var state) -> {
                    var one = new Recalled<>(size, codec.decode(type, unsalted(state)));
                    say(name, "from the snapshot at entry " + size);
                    yield Optional.of(one);
                }
                case NotFound(var why) -> {
                    if (!why.equals(Snapshots.NONE) || snapshots.ledger().size() >= every) {
                        say(name, "from the first entry: " + why);
                    }
                    yield Optional.empty();
                }
            };
        } catch (IllegalArgumentException e) { // of this program it can't come, so it is a fault
            say(name, "from the first entry: the snapshot can't be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void say(String name, String what) {
        if (name.equals(DESK)) {
            told = what;
        }
        System.getLogger(Recollection.class.getName())
                .log(System.Logger.Level.INFO, "the past of the {0} was folded {1}", name, what);
    }

    /// From where the desk was folded when the controller began, for people; empty where the ledger is too short for a snapshot.
    public String told() {
        return told;
    }

    /// Whether enough was folded since a state was kept.
    public boolean isDue(String name, long size) {
        return size - kept.getOrDefault(name, 0L) >= every && mayAppend.getAsBoolean();
    }

    /// Keeps a state; a ledger that can't be written now is tried again once it has grown as much again.
    ///
    /// @param size how many entries were folded into it
    public void keep(String name, long size, Record state) {
        kept.put(name, size);
        var bytes = salted(codec.encode(state));
        writer.execute(
                () -> {
                    try {
                        snapshots.keep(name, size, bytes, clock.instant());
                    } catch (RuntimeException e) { // a snapshot can be done without
                        System.getLogger(Recollection.class.getName())
                                .log(System.Logger.Level.WARNING, "no snapshot was kept", e);
                    }
                });
    }

    /// A state may hold names, and its hash stays in the ledger when they are erased: without a salt, which goes with the snapshot, whoever has the
    /// entries could try all names.
    private Bytes salted(Bytes state) {
        var salt = new byte[SALT_SIZE];
        random.nextBytes(salt);
        var all = Arrays.copyOf(salt, SALT_SIZE + state.size());
        System.arraycopy(state.toArray(), 0, all, SALT_SIZE, state.size());
        return Bytes.copyOf(all);
    }

    private static Bytes unsalted(Bytes salted) {
        if (salted.size() < SALT_SIZE) {
            throw new IllegalArgumentException("a snapshot begins with its salt");
        }
        return Bytes.copyOf(Arrays.copyOfRange(salted.toArray(), SALT_SIZE, salted.size()));
    }
}
