package dev.pitcrew.read;

import dev.pitcrew.model.Alarm;
import dev.pitcrew.model.Opening;
import java.net.URI;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import java.util.LinkedHashSet;
import java.util.Optional;

/// Makes what a checked tree says of the start of the day and of alarms.
final class OpeningMaker {
    private OpeningMaker() {}

    static Opening opening(Settings s) {
        return new Opening(
                s.optional("by").flatMap(OpeningMaker::deadline),
                s.texts("venues"),
                s.named("backups", OpeningMaker::backup),
                new LinkedHashSet<>(s.texts("without")));
    }

    /// @param text `08:30 Europe/Berlin` or `XNYS -30m`
    /// @return empty when the time zone is none
    static Optional<Opening.Deadline> deadline(String text) {
        var words = text.split(" ", 2);
        if (!words[0].contains(":")) {
            return Optional.of(
                    new Opening.BeforeOpen(words[0], Scalars.duration(words[1].substring(1))));
        }
        try {
            return Optional.of(new Opening.AtTime(LocalTime.parse(words[0]), ZoneId.of(words[1])));
        } catch (ZoneRulesException _) {
            return Optional.empty();
        }
    }

    private static Opening.Backup backup(String name, Settings s) {
        return new Opening.Backup(
                name,
                s.has("file")
                        ? new Opening.BackupFile(s.template("file"))
                        : new Opening.BackupCommand(s.templates("command"), s.duration("timeout")),
                s.duration("within"));
    }

    static Alarm alarm(Settings s) {
        return s.has("http")
                ? new Alarm.HttpAlarm(URI.create(s.text("http")), s.duration("timeout"))
                : new Alarm.CommandAlarm(s.templates("command"), s.duration("timeout"));
    }
}
