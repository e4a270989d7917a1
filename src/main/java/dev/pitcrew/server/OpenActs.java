package dev.pitcrew.server;

import dev.pitcrew.deploy.DeskEvent.AlarmRaised;
import dev.pitcrew.deploy.DeskEvent.OpenChecked;
import dev.pitcrew.deploy.Event;
import dev.pitcrew.deploy.Intents;
import dev.pitcrew.deploy.OpenCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Starts of day: what is asked for is looked up first, and decided on the loop's thread.
final class OpenActs {
    private final Room room;

    /// Has events appended on the loop's thread.
    @FunctionalInterface
    interface Asking {
        List<Event> ask(Function<Intents, List<Event>> intent);
    }

    OpenActs(Room room) {
        this.room = room;
    }

    /// Whether the day may begin, as it would be written, with nothing appended.
    OpenChecked look(String by) {
        var facts = room.facts().get();
        return new OpenCheck(
                        room.system(),
                        room.environment(),
                        room.loop().desk(),
                        facts,
                        room.opening().look().get())
                .event(facts.at(), by);
    }

    /// Whether the day may begin, written down.
    ///
    /// @param by who asks; empty: the controller
    List<Event> check(Asking asking, String by) {
        var more = room.opening().look().get();
        return asking.ask(
                intents ->
                        List.of(
                                new OpenCheck(
                                                room.system(),
                                                room.environment(),
                                                intents.desk(),
                                                room.facts().get(),
                                                more)
                                        .event(intents.at(), by)));
    }

    /// The same at the deadline, when somebody is called unless the answer is yes.
    List<Event> deadline(Asking asking, String by) {
        var events = new ArrayList<>(check(asking, by));
        for (var event : List.copyOf(events)) {
            if (event instanceof OpenChecked checked && !checked.ready()) {
                var what = "start of day: " + OpenCheck.sentence(checked.rows());
                // Called first: whoever has to come waits for no append.
                var results = room.opening().alarms().raise(what, checked.rows());
                events.addAll(
                        asking.ask(
                                intents ->
                                        List.of(
                                                new AlarmRaised(
                                                        intents.at(), "*", what, results))));
            }
        }
        return events;
    }
}
