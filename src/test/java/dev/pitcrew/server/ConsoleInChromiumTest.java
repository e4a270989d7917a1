package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// The console as people see it, in a real browser; skipped where there is none. `-Dpictures=FOLDER` keeps a picture of each page.
@Tag("real")
class ConsoleInChromiumTest {
    private static final List<String> PAGES =
            List.of("/", "/rollouts", "/rollouts/r1", "/ledger", "/ledger/3", "/day", "/operators");
    private static final int PHONE = 390;
    private static final int DESKTOP = 1280;

    @TempDir Path folder;

    // Chromium writes on into its folder while it ends.
    @TempDir(cleanup = CleanupMode.NEVER)
    Path profile;

    private ServedDesk desk;
    private Chromium browser;

    @BeforeEach
    void open() throws Exception {
        var program = Chromium.program();
        assumeTrue(program.isPresent(), "there is no chromium; ./verify --install brings it");
        desk = new ServedDesk(folder);
        browser = new Chromium(program.get(), profile);
    }

    @AfterEach
    void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void every_page_is_whole_on_a_desk_and_on_a_phone_in_light_and_in_dark() throws Exception {
        desk.first("books");
        desk.ask("gateway", "1");
        logIn(desk.bob);
        for (var width : List.of(DESKTOP, PHONE)) {
            for (var isDark : List.of(false, true)) {
                browser.screen(width, 900, isDark);
                for (var page : PAGES) {
                    browser.open(desk.url(page));
                    keep(page, width, isDark);

                    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                            .as("%s is as wide as the screen of %d", page, width)
                            .isLessThanOrEqualTo(width);
                    assertThat(browser.evaluate("document.querySelector('h1').innerText").asText())
                            .as(page)
                            .isNotEmpty();
                }
            }
        }
        assertThat(browser.errors()).isEmpty();
    }

    /// Of the numbers beside a picture: those that stand over each other, or out of it.
    private static final String BADLY_PLACED =
            """
            [...document.querySelectorAll('.verdict svg')].flatMap(svg => {
              const whole = svg.getBoundingClientRect();
              const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
              return boxes.filter(([, a], i) =>
                a.left < whole.left - 1 || a.right > whole.right + 1 || a.bottom > whole.bottom + 1
                || boxes.slice(i + 1).some(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
            }).map(([text]) => text).join(', ')
            """;

    @Test
    void a_verdict_is_drawn_with_both_distributions_and_what_spoke_for_harm() throws Exception {
        desk.close();
        desk = ServedDesk.judged(folder.resolve("judged"));
        desk.first("books");
        desk.await(
                "it has a past",
                () ->
                        desk.controller().facts().samples().values().stream()
                                .anyMatch(one -> !one.earlier().values().isEmpty()));
        desk.deploy("books", "3");
        desk.await(
                "the verdict",
                () -> desk.get("/v1/rollouts", desk.ann).body().contains("\"ROLLED_BACK\""));
        logIn(desk.bob);
        for (var width : List.of(DESKTOP, PHONE)) {
            for (var isDark : List.of(false, true)) {
                browser.screen(width, 900, isDark);
                browser.open(desk.url("/rollouts/r2"));
                keep("/verdict", width, isDark);

                assertThat(
                                browser.evaluate("document.querySelector('.verdict').innerText")
                                        .asText())
                        .contains("was judged: fail", "old version, ", "new version, ")
                        .contains("at least ", "work p50", "work p99", "failures", "harm is shown");
                for (var part :
                        List.of(
                                "polyline.baseline",
                                "polyline.canary",
                                "polygon.baseline",
                                "polygon.canary",
                                "polyline.m0",
                                "polyline.m3",
                                "polyline.limit")) {
                    assertThat(
                                    browser.evaluate(
                                                    "document.querySelector('.verdict %s').getBoundingClientRect().width"
                                                            .formatted(part))
                                            .asDouble())
                            .as("%s at %d", part, width)
                            .isGreaterThan(100);
                }
                assertThat(browser.evaluate(BADLY_PLACED).asText()).as("at %d", width).isEmpty();
                assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                        .isLessThanOrEqualTo(width);
            }
        }
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void a_person_logs_in_by_the_form() {
        browser.screen(PHONE, 800, false);
        browser.open(desk.url("/"));
        browser.evaluate("document.querySelector('#token').value = '" + desk.ann + "'");
        browser.evaluate("document.querySelector('form button').click()");

        browser.awaitTrue(
                "document.readyState === 'complete' && document.querySelector('#live-services')");
        assertThat(browser.html()).contains("gateway").doesNotContain(desk.ann);
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void a_page_shows_what_changes_without_being_loaded_again() {
        logIn(desk.bob);
        browser.screen(DESKTOP, 900, false);
        browser.open(desk.url("/"));
        browser.awaitTrue("document.querySelector('#line').innerText === 'live'");
        var loads = browser.loads();

        desk.ask("books", "1");

        browser.awaitTrue(
                "document.querySelector('#live-waiting').innerText.includes('r1 books 1')");
        assertThat(browser.loads()).isEqualTo(loads);
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void what_somebody_fills_in_is_left_alone() {
        logIn(desk.bob);
        browser.screen(DESKTOP, 900, false);
        browser.open(desk.url("/"));
        browser.awaitTrue("document.querySelector('#line').innerText === 'live'");
        browser.evaluate("document.querySelector('details').open = true");
        browser.evaluate("document.querySelector('[name=reason]').value = 'two of'");

        desk.post("freeze", "{}", desk.ann);

        browser.awaitTrue("document.querySelector('#live-banners').innerText.includes('frozen')");
        assertThat(browser.evaluate("document.querySelector('[name=reason]').value").asText())
                .isEqualTo("two of");
    }

    @Test
    void a_change_is_approved_by_a_button_and_seen_to_its_end() {
        desk.ask("books", "1");
        logIn(desk.bob);
        browser.screen(PHONE, 800, false);
        browser.open(desk.url("/"));
        browser.evaluate(
                "[...document.querySelectorAll('button')].find(b => b.innerText.startsWith('Approve')).click()");

        browser.awaitTrue(
                "document.readyState === 'complete' && document.querySelector('#live-lately')?.innerText.includes('done')");
        assertThat(desk.controller().desk().service("books").keep().approved()).isPresent();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void all_is_read_without_scripts_and_the_page_comes_again_by_itself() {
        desk.first("books");
        desk.ask("gateway", "1");
        logIn(desk.bob);
        browser.screen(DESKTOP, 900, false);
        browser.scripts(false);
        browser.open(desk.url("/"));
        var loads = browser.loads();

        assertThat(browser.html())
                .contains("r2 gateway 1", "Approve ", "<svg", "http-equiv=\"refresh\"");
        browser.open(desk.url("/ledger/0"));
        assertThat(browser.html()).contains("c2sp.org/tlog-proof@v1");
        assertThat(browser.loads()).isGreaterThan(loads);
    }

    private void logIn(String token) {
        var answer =
                desk.send(desk.request("/login").POST(BodyPublishers.ofString("token=" + token)));
        var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        browser.cookie(desk.url("/"), "pitcrew", cookie.substring("pitcrew=".length()));
    }

    private void keep(String page, int width, boolean isDark) throws Exception {
        var pictures = System.getProperty("pictures");
        if (pictures != null) {
            var name =
                    "%s-%d-%s.png"
                            .formatted(
                                    page.equals("/") ? "desk" : page.substring(1).replace('/', '-'),
                                    width,
                                    isDark ? "dark" : "light");
            Files.write(
                    Files.createDirectories(Path.of(pictures)).resolve(name), browser.picture());
        }
    }
}
