package dev.pitcrew.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console over real HTTP, as a browser without JavaScript sees it.
@Tag("real")
class ConsoleTest {
    private static final List<String> PAGES =
            List.of("/", "/rollouts", "/ledger", "/day", "/operators");
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

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
    void without_a_session_every_page_leads_to_the_login() {
        for (var page : PAGES) {
            var answer = desk.send(desk.request(page));

            assertThat(answer.statusCode()).as(page).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).contains("/login");
        }
        assertThat(desk.send(desk.request("/stream")).statusCode()).isEqualTo(303);
    }

    @Test
    void a_session_is_a_cookie_that_no_script_reads_and_no_other_site_sends() {
        var answer = login(desk.ann);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("pitcrew=")
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
                .doesNotContain(desk.ann);
    }

    @Test
    void the_login_says_what_is_kept_of_a_person_and_where() {
        assertThat(desk.send(desk.request("/login")).body())
                .contains("By logging in you agree", "ledger erase");
    }

    @Test
    void everybody_is_told_whose_token_is_new() {
        desk.post("operators", "{}", desk.ann);

        assertThat(page("/", session(desk.guest)).body())
                .contains("<strong>guest</strong> has a new token, added by ann.");
        assertThat(page("/operators", session(desk.guest)).body())
                .contains("<strong>guest</strong> has a new token, to read, added by ann");
    }

    @Test
    void a_wrong_token_opens_nothing_and_is_not_shown() {
        var answer = login(desk.ann + "x");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).contains("no operator").doesNotContain(desk.ann);
    }

    @Test
    void every_answer_forbids_scripts_of_others_and_frames_and_caches() {
        var session = session(desk.ann);
        for (var page : PAGES) {
            var headers = page(page, session).headers();

            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        }
    }

    @Test
    void the_desk_shows_services_what_waits_and_who_asked() {
        desk.ask("books", "1");

        assertThat(page("/", session(desk.bob)).body())
                .contains("gateway", "books", "Waiting for approval", "r1 books 1", "because")
                .contains("Approve ", "<svg", "simx");
    }

    @Test
    void a_change_is_approved_by_a_button() {
        desk.ask("books", "1");
        var session = session(desk.bob);

        var answer = act(session, approval(session));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        desk.await("the end", () -> page("/rollouts/r1", session).body().contains(">done<"));
        assertThat(page("/rollouts/r1", session).body()).contains("approved by bob", "warm");
    }

    @Test
    void who_asked_for_it_can_not_approve_it_by_a_button_either() {
        desk.ask("books", "1");
        var session = session(desk.ann);

        act(session, approval(session));

        assertThat(page("/", session).body())
                .contains("ann asked for it, so another operator has to approve it");
    }

    @Test
    void a_form_that_was_not_made_for_this_session_does_nothing() {
        var session = session(desk.ann);

        for (var form : List.of("", "x", form(page("/", session(desk.bob)).body()))) {
            var answer = act(session, Map.of("act", "freeze", "form", form));

            assertThat(answer.statusCode()).isEqualTo(403);
        }
        var foreign =
                desk.send(
                        desk.request("/act")
                                .header("Cookie", session)
                                .header("Sec-Fetch-Site", "cross-site")
                                .POST(
                                        BodyPublishers.ofString(
                                                "act=freeze&form="
                                                        + form(page("/", session).body()))));
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(desk.controller().desk().freeze()).isEmpty();
    }

    @Test
    void a_session_is_no_token_for_the_api() {
        var answer = desk.send(desk.request("/v1/status").header("Cookie", session(desk.ann)));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void who_may_only_read_sees_no_button_and_is_refused_when_he_posts() {
        desk.ask("books", "1");
        var session = session(desk.guest);
        var page = page("/", session).body();

        assertThat(page).contains("r1 books 1").doesNotContain("value=\"approve\"");
        assertThat(page).doesNotContain("value=\"kill\"");
        for (var act : List.of("approve", "freeze", "kill", "rollback", "anything")) {
            var answer = act(session, Map.of("act", act, "form", form(page)));

            assertThat(answer.statusCode()).as(act).isEqualTo(403);
        }
        assertThat(desk.post("freeze", "{}", desk.guest).statusCode()).isEqualTo(403);
        assertThat(desk.controller().desk().freeze()).isEmpty();
    }

    @Test
    void rights_hold_in_their_environments_and_for_their_desks_and_expire() {
        var paper =
                desk.operators.add(
                        "paul",
                        Optional.empty(),
                        new Grant(Grant.ALL.rights(), Set.of("paper"), Set.of(), Optional.empty()));
        var rates =
                desk.operators.add(
                        "rita",
                        Optional.empty(),
                        new Grant(Grant.ALL.rights(), Set.of(), Set.of("rates"), Optional.empty()));
        var old =
                desk.operators.add(
                        "olga",
                        Optional.empty(),
                        new Grant(
                                Grant.ALL.rights(),
                                Set.of(),
                                Set.of(),
                                Optional.of(Instant.parse("2026-01-01T00:00:00Z"))));

        assertThat(desk.get("/v1/status", paper).statusCode()).isEqualTo(403);
        assertThat(desk.get("/v1/status", rates).statusCode()).isEqualTo(403);
        assertThat(desk.get("/v1/status", old).statusCode()).isEqualTo(401);
        assertThat(login(old).statusCode()).isEqualTo(401);
    }

    @Test
    void who_is_removed_is_out_at_once() {
        var session = session(desk.bob);
        desk.operators.remove("bob");

        assertThat(page("/", session).statusCode()).isEqualTo(303);
    }

    @Test
    void a_session_ends_at_the_log_out() {
        var session = session(desk.ann);

        var out =
                desk.send(
                        desk.request("/logout")
                                .header("Cookie", session)
                                .POST(
                                        BodyPublishers.ofString(
                                                "form=" + form(page("/", session).body()))));

        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(page("/", session).statusCode()).isEqualTo(303);
    }

    @Test
    void what_an_operator_wrote_is_text_on_every_page() {
        var session = session(desk.ann);
        var words = "<script>alert('x')</script>\"&";

        act(
                session,
                Map.of("act", "freeze", "reason", words, "form", form(page("/", session).body())));

        assertThat(desk.controller().desk().freeze().orElseThrow().reason()).isEqualTo(words);
        for (var page : List.of("/", "/ledger", "/ledger/0", "/ledger/1", "/ledger/2")) {
            assertThat(page(page, session).body()).doesNotContain("<script>alert");
        }
        assertThat(page("/", session).body()).contains("&lt;script&gt;alert(&#39;x&#39;)");
    }

    @Test
    void every_entry_has_its_proof_one_click_away() {
        desk.post("freeze", "{}", desk.ann);
        var session = session(desk.ann);

        assertThat(page("/ledger", session).body()).contains("/ledger/0", "desk.frozen");
        assertThat(page("/ledger/0", session).body())
                .contains("c2sp.org/tlog-proof@v1", "index 0", "desk/demo", "signed by");
        assertThat(page("/ledger/999", session).statusCode()).isEqualTo(404);
    }

    @Test
    void order_flow_is_killed_only_by_who_says_that_he_means_it() {
        desk.first("books");
        var session = session(desk.ann);

        act(session, Map.of("act", "kill", "form", form(page("/", session).body())));
        assertThat(page("/", session).body()).contains("nothing was killed");

        act(session, Map.of("act", "kill", "sure", "yes", "form", form(page("/", session).body())));
        desk.await("the latch", () -> desk.controller().desk().service("gateway").isKilled());
        assertThat(page("/", session).body()).contains("gateway is killed");
    }

    @Test
    void no_page_and_no_answer_has_a_secret() {
        desk.first("books");
        desk.deploy("gateway", "1");
        var session = session(desk.ann);

        for (var page : PAGES) {
            assertThat(page(page, session).body())
                    .doesNotContain(ServedDesk.SECRET, desk.ann, desk.bob, desk.guest);
        }
        for (var path : List.of("/v1/status", "/v1/desk", "/v1/events", "/metrics")) {
            assertThat(desk.get(path, desk.ann).body())
                    .doesNotContain(ServedDesk.SECRET, desk.ann, desk.bob, desk.guest);
        }
    }

    @Test
    void on_the_loopback_no_other_name_is_answered() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), desk.api().port())) {
            socket.getOutputStream()
                    .write(
                            "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                                    .getBytes(UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    private HttpResponse<String> login(String token) {
        return desk.send(
                desk.request("/login")
                        .POST(BodyPublishers.ofString("token=" + URLEncoder.encode(token, UTF_8))));
    }

    private String session(String token) {
        return login(token).headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private HttpResponse<String> page(String path, String session) {
        return desk.send(desk.request(path).header("Cookie", session));
    }

    private HttpResponse<String> act(String session, Map<String, String> fields) {
        var body =
                fields.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        return desk.send(
                desk.request("/act").header("Cookie", session).POST(BodyPublishers.ofString(body)));
    }

    private Map<String, String> approval(String session) {
        var page = page("/", session).body();
        var hash =
                desk.controller()
                        .desk()
                        .service("books")
                        .rollout()
                        .orElseThrow()
                        .plan()
                        .approval()
                        .hash();
        assertThat(page).contains(hash);
        return Map.of("act", "approve", "service", "books", "hash", hash, "form", form(page));
    }

    private static String form(String page) {
        var found = FORM.matcher(page);
        assertThat(found.find()).as("a form").isTrue();
        return found.group(1);
    }
}
