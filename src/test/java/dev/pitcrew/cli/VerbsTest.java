package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pitcrew.cli.VerbDesk.Done;
import dev.pitcrew.server.Operators;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A day of operating a small desk, verb by verb, as a person and as a script: what is written as JSON is read as JSON.
@Tag("real")
class VerbsTest {
    private static final long LIMIT_SECONDS = 60;

    @TempDir private Path folder;
    private VerbDesk desk;

    @BeforeEach
    void write() throws Exception {
        desk = new VerbDesk(folder, "none");
    }

    @AfterEach
    void end() throws Exception {
        desk.close();
    }

    @Test
    void one_operator_changes_goes_back_kills_and_re_arms() throws Exception {
        assertThat(good("up", "--format", "json").json().path("services").size()).isEqualTo(2);

        // A freeze holds a change up, and what waits can be ended.
        good("freeze", "--reason", "expiry day");
        assertThat(json("deploy", "books", "2", "--plan").path("forward").findValuesAsText("kind"))
                .contains("start", "warm");
        assertThat(good("deploy", "books", "2").out()).startsWith("planned: r3 of books to 2");
        awaitLine(
                "books", one -> one.path("changing").path("waitsFor").asText().contains("freeze"));
        assertThat(json("abort", "books").path(0).path("rollout").asText()).isEqualTo("r3");
        awaitLine("books", one -> one.path("outcome").asText().equals("ABORTED"));
        assertThat(json("status").path("freeze").asText()).contains("expiry day");
        good("thaw");
        assertThat(json("status").path("freeze").isNull()).isTrue();

        // Forwards, watched to the end, and back.
        var deployed = good("deploy", "books", "2", "--wait");
        assertThat(deployed.out()).contains("r4 books to 2").endsWith("serves 2\n");
        var again = desk.run("deploy", "books", "2");
        assertThat(again.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).isEqualTo("pitcrew: books runs 2 already\n");
        assertThat(json("rollback", "books", "--reason", "slow").path(0).path("reason").asText())
                .isEqualTo("slow");
        awaitLine("books", one -> one.path("version").asText().equals("1"));

        assertThat(watched().path("environment").asText()).isEqualTo("demo");
        assertThat(good("logs", "gateway", "--format", "json").jsonLines())
                .allSatisfy(
                        one -> assertThat(one.path("instance").asText()).isEqualTo("gateway-1"));

        // A kill is a latch, which only a re-arm lifts.
        assertThat(good("kill", "--test", "--format", "json").json().isArray()).isTrue();
        assertThat(good("kill").out()).startsWith("small, environment demo\nkilled");
        awaitLine("gateway", one -> one.path("killed").asBoolean());
        assertThat(desk.run("deploy", "gateway", "2").err()).contains("`pitcrew rearm gateway`");
        assertThat(good("rearm", "gateway").out()).startsWith("re-arming gateway");
        awaitLine(
                "gateway", one -> !one.path("killed").asBoolean() && one.path("changing").isNull());

        assertThat(good("down", "--format", "json").json().path("instances").path(0).asText())
                .startsWith("gateway-");
        ledger();
    }

    /// With the controller gone, so that all of it can be signed.
    private void ledger() throws Exception {
        var shown = good("ledger", "show", "--format", "json").jsonLines();
        assertThat(shown).extracting(one -> one.path("index").asInt()).startsWith(0, 1, 2);

        var kept = folder.resolve("kept");
        Files.writeString(kept, good("ledger", "checkpoint").out());
        assertThat(json("ledger", "checkpoint").path("size").asInt()).isEqualTo(shown.size());
        assertThat(json("ledger", "prove", "1").path("proof").asText()).contains("index 1");
        var export = folder.resolve("all.ledger").toString();
        assertThat(json("ledger", "export", export, "--with-names").path("entries").asInt())
                .isEqualTo(shown.size());
        assertThat(good("ledger", "show", export, "--format", "json").jsonLines()).isEqualTo(shown);
        assertThat(json("ledger", "verify", export).path("verified").asBoolean()).isTrue();
        assertThat(json("ledger", "verify", "--against", kept.toString()).path("verified").asText())
                .isEqualTo("true");

        Files.writeString(
                Path.of(export), Files.readString(Path.of(export)).replace("serves 1", "serves 9"));
        assertThat(desk.run("ledger", "verify", export).end()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void two_operators_approve_and_re_assess_what_the_other_did() throws Exception {
        desk = new VerbDesk(folder, "two-people");
        assertThat(desk.run("up", "--limit", "1s").end()).isEqualTo(ExitCode.REFUSED);
        var ann = Files.readString(desk.data().ownToken()).strip();
        var added = json("operator", "add", "bea");
        assertThat(added.path("operator").asText()).isEqualTo("bea");
        var bea = added.path("token").asText();
        assertThat(json("operator", "list").path(1).asText()).isEqualTo("bea");
        var traced = good("ledger", "show", "--format", "json").jsonLines().getLast();
        assertThat(traced.path("type").path("name").asText()).isEqualTo("desk.operator-added");
        assertThat(traced.path("by").asText())
                .isEqualTo(Operators.nameOf(System.getProperty("user.name")));
        assertThat(traced.path("body").asText()).contains("\"operator\":\"bea\"");

        var hash = line("books").path("changing").path("hash").asText();
        var same = desk.run("approve", "books", hash.substring(0, 8));
        assertThat(same.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(same.err()).contains("so another operator has to approve it");
        desk.become(bea);
        assertThat(json("approve", "books", hash.substring(0, 8)).path(0).path("by").asText())
                .isEqualTo("bea");
        awaitLine("books", one -> one.path("version").asText().equals("1"));

        var planned = json("deploy", "gateway", "1").path(0);
        var urgent = planned.path("plan").path("approval").path("hash").asText();
        assertThat(
                        good("approve", "gateway", urgent, "--emergency", "--reason", "it is down")
                                .out())
                .isEqualTo("approved: gateway " + urgent + "\n");
        awaitLine("gateway", one -> one.path("version").asText().equals("1"));
        var rollout = planned.path("rollout").asText();
        assertThat(json("status").path("toReassess").findValuesAsText("rollout"))
                .containsExactly(rollout);
        desk.become(ann);
        assertThat(good("reassess", "gateway", rollout, "--reason", "it was right").out())
                .isEqualTo(rollout + " of gateway is re-assessed\n");
        assertThat(json("status").path("toReassess")).isEmpty();

        assertThat(json("operator", "remove", "bea").path("removed").asText()).isEqualTo("bea");
        desk.become(bea);
        var out = desk.run("status");
        assertThat(out.end()).isEqualTo(ExitCode.REFUSED);
        assertThat(out.err()).contains("this token is no operator's");
        desk.become(ann);
        good("down");
    }

    @Test
    void a_witness_says_its_key() throws Exception {
        var out = new StringWriter();

        var end =
                Main.run(
                        new PrintWriter(out, true),
                        new PrintWriter(new StringWriter(), true),
                        "witness",
                        "key",
                        "--dir",
                        folder.resolve("witness").toString(),
                        "--format",
                        "json");

        assertThat(end).isEqualTo(ExitCode.OK);
        assertThat(new Done(end, out.toString(), "").json().path("key").asText())
                .startsWith("witness+");
    }

    /// The first that `status --watch` shows.
    private JsonNode watched() throws Exception {
        var out = new StringWriter();
        var watching =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        desk.run(
                                                out,
                                                new StringWriter(),
                                                "status",
                                                "--watch",
                                                "--format",
                                                "json"));
        try {
            await(() -> out.toString().endsWith("\n"));
        } finally {
            watching.interrupt();
            watching.join();
        }
        return new Done(ExitCode.OK, out.toString(), "").jsonLines().getFirst();
    }

    private JsonNode line(String service) throws Exception {
        for (var one : json("status").path("services")) {
            if (one.path("name").asText().equals(service)) {
                return one;
            }
        }
        throw new AssertionError("no service " + service);
    }

    private void awaitLine(String service, Predicate<JsonNode> isSo) throws Exception {
        await(() -> isSo.test(line(service)));
    }

    private interface Condition {
        boolean isSo() throws Exception;
    }

    private void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.isSo()) {
            assertThat(System.nanoTime()).as(desk.run("status") + desk.log()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private JsonNode json(String... words) throws Exception {
        var line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--format", "json"));
        return good(line.toArray(String[]::new)).json();
    }

    private Done good(String... words) throws IOException {
        var done = desk.run(words);
        assertThat(done.end()).as("%s %s", done, desk.log()).isEqualTo(ExitCode.OK);
        return done;
    }
}
