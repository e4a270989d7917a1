package dev.pitcrew.server;

import dev.pitcrew.deploy.OpenFacts;
import dev.pitcrew.market.Calendar;
import dev.pitcrew.runtime.Alarms;
import dev.pitcrew.runtime.Controller;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// What of a controller a start of day works on.
///
/// @param look looks up what is asked for it alone; may take some seconds
/// @param calendars of the venues that are listed
/// @param asked when the controller asked by itself last; `Instant.MIN` when it never did
/// @param alarms how a person is called
public record OpeningRoom(
        Supplier<OpenFacts> look,
        Supplier<List<Calendar>> calendars,
        Supplier<Instant> asked,
        Alarms alarms) {
    /// That of a running controller.
    public static OpeningRoom of(Controller controller, Alarms alarms) {
        var openings = controller.openings();
        return new OpeningRoom(
                () -> openings.look(controller.status()),
                openings::calendars,
                openings::asked,
                alarms);
    }
}
