package dev.pitcrew.model;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What has to be so before the day begins, beyond the limits that gates hold measurements against.
///
/// @param by until when, on each day on which a venue opens; empty: nobody asks by himself
/// @param venues names of calendars; empty: those of the gate `market`
/// @param backups what tells that data are saved
/// @param without names of rows that do not count here; never in live
public record Opening(
        Optional<Deadline> by, List<String> venues, List<Backup> backups, Set<String> without) {
    /// Where the system file says nothing about it.
    public static final Opening NONE =
            new Opening(Optional.empty(), List.of(), List.of(), Set.of());

    /// The names of all rows that a start of day may have, in their order.
    public static final List<String> ROWS =
            List.of(
                    "controller",
                    "uniform",
                    "active",
                    "stuck",
                    "changes",
                    "sequence",
                    "reconciled",
                    "calendar",
                    "feed",
                    "clock",
                    "kill",
                    "witness",
                    "disk",
                    "backup",
                    "overrides",
                    "emergencies");

    public Opening {
        venues = List.copyOf(venues);
        backups = List.copyOf(backups);
        without = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(without));
    }

    /// Until when all has to be well.
    public sealed interface Deadline {}

    /// At a time of day.
    public record AtTime(LocalTime time, ZoneId zone) implements Deadline {}

    /// Before a venue opens for its session.
    ///
    /// @param venue the name of a calendar
    public record BeforeOpen(String venue, Duration lead) implements Deadline {}

    /// A backup, by what tells how old it is.
    ///
    /// @param source where its age is looked up
    /// @param within the greatest age
    public record Backup(String name, Source source, Duration within) {
        public Backup {
            Words.requireName(name);
        }
    }

    /// What tells the age of a backup.
    public sealed interface Source {}

    /// A file that was last written when the backup was made; of a folder the newest file right in it.
    public record BackupFile(Template path) implements Source {}

    /// A command that prints the age in seconds.
    ///
    /// @param command the argument vector, started without a shell
    public record BackupCommand(List<Template> command, Duration timeout) implements Source {
        public BackupCommand {
            command = List.copyOf(command);
        }
    }
}
