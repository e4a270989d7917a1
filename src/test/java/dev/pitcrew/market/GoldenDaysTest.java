package dev.pitcrew.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Days that calendars get wrong, by the clock of each venue, and days beside them.
class GoldenDaysTest {
    @ParameterizedTest
    @CsvSource({
        "XNYS, 2026-11-25, 09:30-16:00",
        "XNYS, 2015-01-01, closed",
        "XNYS, 2018-12-05, closed", // George H. W. Bush
        "XNYS, 2018-12-04, 09:30-16:00",
        "XNYS, 2025-01-09, closed", // James E. Carter
        "XNYS, 2025-07-03, 09:30-13:00",
        "XNYS, 2026-07-03, closed", // a Friday, for the 4th on Saturday
        "XNYS, 2026-11-27, 09:30-13:00",
        "XNYS, 2026-12-24, 09:30-13:00",
        "XNYS, 2027-12-24, closed", // a Friday, for the 25th on Saturday
        "XNYS, 2021-12-31, 09:30-16:00", // New Year's Day on Saturday is not kept
        "XNYS, 2021-06-18, 09:30-16:00", // Juneteenth is from 2022 on
        "XNYS, 2022-06-20, closed",
        "XNYS, 2027-06-18, closed",
        "XNAS, 2018-12-05, closed",
        "XNAS, 2025-01-09, closed",
        "XLON, 2026-11-25, 08:00-16:30",
        "XLON, 2026-12-24, 08:00-12:30",
        "XLON, 2026-12-31, 08:00-12:30",
        "XLON, 2017-12-22, 08:00-12:30", // the Friday before
        "XLON, 2020-05-04, 08:00-16:30",
        "XLON, 2020-05-08, closed",
        "XLON, 2022-05-30, 08:00-16:30",
        "XLON, 2022-06-02, closed",
        "XLON, 2022-06-03, closed",
        "XLON, 2022-09-19, closed",
        "XLON, 2023-05-08, closed",
        "XLON, 2021-12-28, closed", // Boxing Day on Sunday, Christmas on Saturday
        "XPAR, 2024-12-24, 09:00-14:05",
        "XPAR, 2024-12-31, 09:00-14:05",
        "XPAR, 2023-12-22, 09:00-17:30",
        "XETR, 2021-05-24, closed", // Whit Monday
        "XETR, 2022-06-06, 09:00-17:30",
        "XETR, 2018-10-03, closed",
        "XETR, 2022-10-03, 09:00-17:30",
        "XETR, 2017-10-31, closed",
        "XETR, 2016-10-31, 09:00-17:30",
        "XETR, 2024-12-30, 09:00-14:00",
        "XSWX, 2025-01-02, closed",
        "XSWX, 2025-05-29, closed", // Ascension
        "XSWX, 2025-06-09, closed", // Whit Monday
        "XSWX, 2025-08-01, closed",
        "XSWX, 2025-12-24, closed",
        "XSWX, 2025-12-31, closed",
        "XTKS, 2024-11-01, 09:00-11:30 12:30-15:00",
        "XTKS, 2024-11-05, 09:00-11:30 12:30-15:30",
        "XTKS, 2019-04-26, 09:00-11:30 12:30-15:00",
        "XTKS, 2019-04-29, closed", // the first weekday of ten days
        "XTKS, 2019-05-06, closed",
        "XTKS, 2019-05-07, 09:00-11:30 12:30-15:00",
        "XTKS, 2020-07-20, 09:00-11:30 12:30-15:00", // moved for the Olympic Games
        "XTKS, 2020-07-24, closed",
        "XTKS, 2021-07-23, closed",
        "XTKS, 2021-10-11, 09:00-11:30 12:30-15:00",
        "XTKS, 2018-12-24, closed", // the Emperor's birthday, a Sunday
        "XTKS, 2019-12-23, 09:00-11:30 12:30-15:00",
        "XTKS, 2020-02-24, closed",
        "XTKS, 2027-03-22, closed", // the equinox is a Sunday
        "XTKS, 2026-09-22, closed", // between two holidays
        "XHKG, 2026-11-25, 09:30-12:00 13:00-16:00",
        "XHKG, 2026-12-24, 09:30-12:00",
        "XHKG, 2027-02-05, 09:30-12:00",
        "XHKG, 2027-02-08, closed",
        "XHKG, 2023-09-01, closed",
        "XHKG, 2023-09-08, closed",
        "XHKG, 2023-10-09, 14:00-16:00",
        "XHKG, 2024-09-06, closed",
        "XHKG, 2024-11-14, 09:30-12:00 13:00-16:00", // typhoon Toraji, signal 8: trading goes on
        "XHKG, 2025-09-24, 09:30-12:00 13:00-16:00", // typhoon Ragasa, signal 10: trading goes on
        "CME-EQUITY, 2026-11-25, 17:00-16:00",
        "CME-EQUITY, 2026-11-26, 17:00-12:00",
        "CME-EQUITY, 2026-11-27, 17:00-12:15",
        "CME-EQUITY, 2021-06-25, 17:00-15:15 15:30-16:00",
        "CME-EQUITY, 2015-09-18, 17:00-15:15 15:30-16:15",
        "CME-EQUITY, 2018-12-05, 17:00-08:30",
        "CME-EQUITY, 2023-04-07, 17:00-08:15",
        "CME-EQUITY, 2024-03-29, closed",
        "CME-RATES, 2018-12-05, closed",
        "CME-RATES, 2025-01-09, 17:00-12:15",
        "CME-FX, 2021-11-25, 17:00-12:00",
        "CME-FX, 2025-01-20, 17:00-16:00",
        "CME-ENERGY, 2025-11-27, 17:00-13:30",
        "CME-CRYPTO, 2017-12-15, closed",
        "CME-CRYPTO, 2026-05-29, 17:00-16:00",
        "CME-CRYPTO, 2026-05-30, 16:00-16:00", // a Saturday, around the clock
        "CME-CRYPTO, 2026-12-25, 16:00-16:00",
        "XEUR, 2018-12-07, 07:50-22:00",
        "XEUR, 2026-11-25, 01:10-22:00",
        "XEUR, 2026-07-01, 02:10-22:00",
        "XASX, 2026-11-25, 10:00-16:00",
        "XASX, 2025-12-24, 10:00-14:10",
        "XASX, 2022-09-22, closed",
        "XSES, 2017-11-10, 09:00-17:00",
        "XSES, 2017-11-13, 09:00-12:00 13:00-17:00",
        "XSES, 2024-12-24, 09:00-12:00",
        "XNSE, 2026-11-25, 09:15-15:30",
        "XNSE, 2024-11-01, 18:00-19:00",
        "XNSE, 2025-10-21, 13:45-14:45",
        "XNSE, 2024-03-02, 09:15-10:00 11:30-12:30", // a Saturday
        "XNSE, 2026-02-01, 09:15-15:30", // a Sunday, the Budget
        "FX, 2026-11-25, 17:00-17:00",
        "FX, 2026-11-28, closed",
        "CRYPTO, 2026-11-28, 00:00-00:00"
    })
    void a_day_is_as_the_exchange_had_it(String venue, LocalDate day, String session) {
        assertThat(Sessions.text(Sessions.of(venue), day)).isEqualTo(session);
    }

    @Test
    void every_venue_is_known_from_2015_and_through_2027_unless_its_holidays_are_not_announced() {
        assertThat(Sessions.OURS.names())
                .allSatisfy(
                        name -> {
                            var venue = Sessions.of(name);
                            assertThat(venue.knownFrom()).isEqualTo(LocalDate.of(2015, 1, 1));
                            assertThat(venue.knownThrough())
                                    .isAfterOrEqualTo(
                                            name.equals("XNSE")
                                                    ? LocalDate.of(2026, 12, 31)
                                                    : LocalDate.of(2027, 12, 31));
                        });
    }

    @Test
    void every_calendar_among_the_resources_is_listed_in_the_order_of_the_alphabet()
            throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/dev/pitcrew/market"))) {
            assertThat(files.map(one -> one.getFileName().toString()).sorted())
                    .containsExactlyElementsOf(
                            Calendars.BUILT_IN.stream().map(one -> one + ".calendar").toList());
        }
    }

    @Test
    void the_docs_have_every_venue() throws IOException {
        var page = Files.readString(Path.of("docs/markets.md"));

        assertThat(Calendars.BUILT_IN)
                .allSatisfy(
                        name ->
                                assertThat(page)
                                        .contains(
                                                "| `%s` | %s |"
                                                        .formatted(
                                                                name, Sessions.of(name).title())));
    }

    @Test
    void a_session_says_why_it_is_not_as_usual() {
        var days = List.of("2026-11-25", "2026-11-27", "2026-12-24");

        assertThat(days.stream().map(LocalDate::parse))
                .flatMap(day -> Sessions.of("XNYS").sessions(day, day))
                .extracting(TradingSession::reason)
                .containsExactly("regular", "the day after Thanksgiving", "Christmas Eve");
    }
}
