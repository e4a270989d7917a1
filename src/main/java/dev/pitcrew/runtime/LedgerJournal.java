package dev.pitcrew.runtime;

import dev.pitcrew.deploy.DeskEvent;
import dev.pitcrew.deploy.EffectConfirmed;
import dev.pitcrew.deploy.EffectFailed;
import dev.pitcrew.deploy.EffectIntended;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.KeepEvent;
import dev.pitcrew.deploy.RolloutEvent;
import dev.pitcrew.deploy.StepFailed;
import dev.pitcrew.deploy.StepTaken;
import dev.pitcrew.ledger.Entry;
import dev.pitcrew.ledger.EntryType;
import dev.pitcrew.ledger.Ledger;
import dev.pitcrew.ledger.NewEntry;
import java.util.List;
import java.util.Optional;

/// Events in the ledger. An entry's subject is the rollout or course that it is about, else the service; it is by the
/// operator who asked, else by the controller.
public final class LedgerJournal implements Journal {
    private static final String CONTROLLER = "controller";

    private final Ledger ledger;
    private final EventCodec codec = new EventCodec();

    public LedgerJournal(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public List<Event> replay() {
        return ledger.entries(0).flatMap(entry -> event(entry).stream()).toList();
    }

    /// What an entry says; empty when a newer release wrote it.
    public Optional<Event> event(Entry entry) {
        return codec.decode(entry.type().toString(), entry.body());
    }

    @Override
    public void append(List<Event> events) {
        ledger.append(events.stream().map(this::entry).toList());
    }

    private NewEntry entry(Event event) {
        var coded = codec.encode(event);
        return new NewEntry(
                event.at(), EntryType.parse(coded.type()), by(event), subject(event), coded.body());
    }

    private static String by(Event event) {
        return switch (event) {
            case RolloutEvent.Planned one -> one.by();
            case RolloutEvent.Approved one -> one.by();
            case RolloutEvent.AbortAsked one -> one.by();
            case KeepEvent.Cleared one -> one.by();
            case DeskEvent.Frozen one -> one.by();
            case DeskEvent.Thawed one -> one.by();
            case DeskEvent.Killed one -> one.by();
            case DeskEvent.KillTested one -> one.by();
            case DeskEvent.Reassessed one -> one.by();
            case DeskEvent.OperatorAdded one when !one.by().isEmpty() -> one.by();
            default -> CONTROLLER; // it was decided, or came of what was decided
        };
    }

    private static String subject(Event event) {
        return switch (event) {
            case RolloutEvent one -> one.rollout();
            case EffectIntended one -> one.course();
            case EffectConfirmed one -> one.course();
            case EffectFailed one -> one.course();
            case StepTaken one -> one.course();
            case StepFailed one -> one.course();
            case KeepEvent.MendBegun one -> one.course().id();
            case KeepEvent.MendEnded one -> one.course();
            case DeskEvent.Reassessed one -> one.rollout();
            case KeepEvent one -> one.service();
            case DeskEvent one -> one.service();
        };
    }
}
