package dev.pitcrew.assess.support;

import java.time.LocalTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// When a timer of systemd goes off, as far as one time of the day says it.
///
/// @param time of the day; empty when it goes off at several
/// @param zone as it is written; empty: the host's
/// @param isOnWeekdays whether it names days, and one from Monday to Friday is among them
/// @param isOnWeekendOnly whether it names days, and none of them is
public record CalendarEvent(
        Optional<LocalTime> time, String zone, boolean isOnWeekdays, boolean isOnWeekendOnly) {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):([0-9]{2})(:[0-9]{2})?");
    private static final Pattern ZONE = Pattern.compile("UTC|GMT|Z|[A-Z][A-Za-z_]+/[A-Za-z_/+-]+");
    private static final Pattern DAYS =
            Pattern.compile("(?i)[a-z]{3,9}((\\.\\.|,|-)[a-z]{3,9})*,?");

    /// Local hours in which shares are traded all year, by the zone of their exchange. Hours in UTC are those in which New York trades all year.
    private static final Map<String, Hours> SESSIONS =
            Map.ofEntries(
                    Map.entry("UTC", new Hours(LocalTime.of(14, 30), LocalTime.of(20, 0))),
                    Map.entry(
                            "America/New_York",
                            new Hours(LocalTime.of(9, 30), LocalTime.of(16, 0))),
                    Map.entry("US/Eastern", new Hours(LocalTime.of(9, 30), LocalTime.of(16, 0))),
                    Map.entry(
                            "America/Chicago", new Hours(LocalTime.of(8, 30), LocalTime.of(15, 0))),
                    Map.entry("Europe/London", new Hours(LocalTime.of(8, 0), LocalTime.of(16, 30))),
                    Map.entry("Europe/Paris", new Hours(LocalTime.of(9, 0), LocalTime.of(17, 30))),
                    Map.entry("Europe/Berlin", new Hours(LocalTime.of(9, 0), LocalTime.of(17, 30))),
                    Map.entry("Europe/Zurich", new Hours(LocalTime.of(9, 0), LocalTime.of(17, 20))),
                    Map.entry("Asia/Tokyo", new Hours(LocalTime.of(9, 0), LocalTime.of(15, 0))),
                    Map.entry(
                            "Asia/Hong_Kong", new Hours(LocalTime.of(9, 30), LocalTime.of(16, 0))),
                    Map.entry("Asia/Singapore", new Hours(LocalTime.of(9, 0), LocalTime.of(17, 0))),
                    Map.entry("Asia/Kolkata", new Hours(LocalTime.of(9, 15), LocalTime.of(15, 30))),
                    Map.entry(
                            "Australia/Sydney",
                            new Hours(LocalTime.of(10, 0), LocalTime.of(16, 0))));

    /// @param from inclusive
    /// @param to exclusive
    private record Hours(LocalTime from, LocalTime to) {
        boolean holds(LocalTime at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    /// What a value of `OnCalendar` says.
    public static CalendarEvent of(String text) {
        Optional<LocalTime> time = Optional.empty();
        String zone = "";
        String days = "";
        String first = "";
        for (String part : text.strip().split("\\s+", 8)) {
            first = first.isEmpty() ? part : first;
            var clock = TIME.matcher(part);
            if (clock.matches()
                    && Integer.parseInt(clock.group(1)) < 24
                    && Integer.parseInt(clock.group(2)) < 60) {
                time =
                        Optional.of(
                                LocalTime.of(
                                        Integer.parseInt(clock.group(1)),
                                        Integer.parseInt(clock.group(2))));
            } else if (ZONE.matcher(part).matches()) {
                zone = part;
            } else if (part.equals(first) && part.length() < 80 && DAYS.matcher(part).matches()) {
                days = part.toLowerCase(Locale.ROOT);
            }
        }
        boolean isNamed = days.matches(".*(mon|tue|wed|thu|fri|sat|sun).*");
        boolean isWeek = days.matches(".*(mon|tue|wed|thu|fri).*");
        return new CalendarEvent(time, zone, isNamed && isWeek, isNamed && !isWeek);
    }

    /// Whether an exchange of its zone trades at that time, weekends aside; not known without a zone.
    public boolean isInSession() {
        var hours = Optional.ofNullable(SESSIONS.get(zone.matches("GMT|Z") ? "UTC" : zone));
        return !isOnWeekendOnly
                && time.filter(at -> hours.filter(open -> open.holds(at)).isPresent()).isPresent();
    }
}
