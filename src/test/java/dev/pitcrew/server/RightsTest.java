package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may do what, on every route and with every act. The system is that of equities/pairs, its service `books` that of settlement.
@Tag("real")
class RightsTest {
    private static final int NOT_ALLOWED = 403;

    @TempDir Path folder;
    private ServedDesk desk;

    @BeforeEach
    void open() throws Exception {
        desk = new ServedDesk(folder);
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void every_act_takes_its_own_right_and_every_reading_the_right_to_read() {
        for (var right : Right.values()) {
            var token =
                    desk.operators.add(
                            "only-" + right.name().toLowerCase(Locale.ROOT),
                            Optional.empty(),
                            ServedDesk.grant(right));

            Acts.ALL.forEach(
                    (act, kind) ->
                            assertThat(isAllowed(act, "books", token))
                                    .as("%s with %s", act, right)
                                    .isEqualTo(
                                            kind.right() == right || kind.right() == Right.READ));
            readings()
                    .forEach(
                            path ->
                                    assertThat(desk.get(path, token).statusCode())
                                            .as("%s with %s", path, right)
                                            .isEqualTo(200));
        }
    }

    @Test
    void whoever_has_one_service_acts_on_that_one_and_reads_all() {
        var token = all("stella", "settlement");

        Acts.ALL.forEach(
                (act, kind) -> {
                    var isOfDesk = kind.about() == Acts.About.DESK && kind.right() != Right.READ;
                    assertThat(isAllowed(act, "books", token)).as(act).isEqualTo(!isOfDesk);
                    assertThat(isAllowed(act, "gateway", token))
                            .as(act + " of another")
                            .isEqualTo(kind.about() == Acts.About.DESK && !isOfDesk);
                });
        readings()
                .forEach(
                        path ->
                                assertThat(desk.get(path, token).statusCode())
                                        .as(path)
                                        .isEqualTo(200));
    }

    @Test
    void whoever_has_the_system_acts_on_all_of_it_but_on_services_of_others() {
        for (var owner : List.of("equities", "equities/pairs")) {
            var token = all("e" + owner.length(), owner);

            Acts.ALL.forEach(
                    (act, kind) -> {
                        var isOfDesk = kind.about() == Acts.About.DESK;
                        assertThat(isAllowed(act, "gateway", token)).as(act).isTrue();
                        assertThat(isAllowed(act, "books", token)).as(act).isEqualTo(isOfDesk);
                    });
        }
    }

    @Test
    void whoever_has_nothing_here_does_not_even_read() {
        for (var owner : List.of("rates", "equities/trend", "settlement/pairs")) {
            var token = all("n" + owner.length(), owner);

            readings()
                    .forEach(
                            path ->
                                    assertThat(desk.get(path, token).statusCode())
                                            .as("%s of %s", path, owner)
                                            .isEqualTo(NOT_ALLOWED));
            Acts.ALL
                    .keySet()
                    .forEach(act -> assertThat(isAllowed(act, "books", token)).as(act).isFalse());
        }
    }

    @Test
    void the_console_offers_only_what_is_his_and_refuses_the_rest() {
        desk.ask("books", "1");
        desk.ask("gateway", "1");
        var person = new Browser(all("stella", "settlement"));
        var page = person.page("/").body();

        assertThat(page)
                .contains("r1 books 1", "r2 gateway 1", "name=\"service\" value=\"books\"")
                .doesNotContain("name=\"service\" value=\"gateway\"", "value=\"freeze\"");
        assertThat(person.act(Map.of("act", "abort", "service", "gateway"))).isEqualTo(NOT_ALLOWED);
        assertThat(person.act(Map.of("act", "freeze"))).isEqualTo(NOT_ALLOWED);
        assertThat(person.act(Map.of("act", "kill", "sure", "yes"))).isEqualTo(NOT_ALLOWED);
        assertThat(person.act(Map.of("act", "kill", "sure", "yes", "service", "gateway")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(person.act(Map.of("act", "abort", "service", "books"))).isEqualTo(303);
        desk.await(
                "the end of r1",
                () -> desk.get("/v1/rollouts", desk.ann).body().contains("\"ABORTED\""));
        assertThat(desk.controller().desk().freeze()).isEmpty();
    }

    private String all(String name, String owner) {
        return desk.operators.add(
                name,
                Optional.empty(),
                new Grant(Grant.ALL.rights(), Set.of(), Set.of(owner), Optional.empty()));
    }

    private boolean isAllowed(String act, String service, String token) {
        var answer = desk.post(act, "{\"service\":\"%s\",\"plan\":true}".formatted(service), token);
        return answer.statusCode() != NOT_ALLOWED;
    }

    /// All that is only read, but for the stream, which does not end.
    private List<String> readings() {
        return desk.api().routes().stream()
                .filter(one -> one.method().equals("GET"))
                .map(one -> one.path().replace("{index}", "0"))
                .filter(one -> !one.equals("/v1/stream"))
                .toList();
    }

    /// A person at the console, without scripts.
    private final class Browser {
        private final String cookie;

        Browser(String token) {
            var answer =
                    desk.send(
                            desk.request("/login").POST(BodyPublishers.ofString("token=" + token)));
            cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        }

        java.net.http.HttpResponse<String> page(String path) {
            return desk.send(desk.request(path).header("Cookie", cookie));
        }

        int act(Map<String, String> fields) {
            var key = page("/").body().replaceAll("(?s).*name=\"form\" value=\"([^\"]+)\".*", "$1");
            var form =
                    fields.entrySet().stream()
                                    .map(one -> one.getKey() + "=" + one.getValue())
                                    .collect(Collectors.joining("&"))
                            + "&form="
                            + URLEncoder.encode(key, StandardCharsets.UTF_8);
            return desk.send(
                            desk.request("/act")
                                    .header("Cookie", cookie)
                                    .POST(BodyPublishers.ofString(form)))
                    .statusCode();
        }
    }
}
