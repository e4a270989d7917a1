package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.runtime.TestingService;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A service of versions 1 to 3 of which one instance sends and another stands by. Its instances write down who begins and who ends to send, in one
/// file for all hosts: that says whether two ever sent.
final class Quoter {
    private static final String ENTRY =
            """
            quoter:
              role: strategy
              command: ["JAVA", -XX:TieredStopAtLevel=1, -XX:+UseSerialGC, -Xmx32m, -cp, "CLASSES", dev.pitcrew.runtime.TestingService]
              artifact: ["versions/${version}.conf"]
              replicas: 2
              ports: {http: auto}
              env: {SERVICE: quoter, HOST: "${host}", PORT: "${port.http}", INSTANCE: "${instance}", DESK_DIR: "SHARED", VERSION_FILE: "${config}/versions/${version}.conf"}
              singleActive: {fence: [session, process], drain: {policy: hand-over, limit: 5s}, onFailure: standby, hangLimit: 2s, twiceWithin: 1ms}
              probes:
                every: 200ms
                timeout: 2s
                limit: 4s
                ready: {http: /ready}
                active: {http: /status, pointer: /active}
                token: {http: /status, pointer: /highestToken}
                digest: {http: /status, pointer: /digest/binary}
                unanswered: {http: /status, pointer: /unanswered}
                inDoubt: {http: /status, pointer: /inDoubt}
                openOrders: {http: /status, pointer: /openOrders}
                killed: {http: /status, pointer: /killed}
                session: {http: /status, pointer: /session/loggedOn}
              hooks: {drain: {http: /hooks/drain}, activate: {http: /hooks/activate}, deactivate: {http: /hooks/deactivate}, kill: {http: /hooks/kill}, rearm: {http: /hooks/rearm}}
              rollout: {strategy: handoff, readyLimit: 30s, hold: {limit: 3s}, bake: 300ms, keepWarm: 1h}
              restarts: {limit: 100, within: 10m}
            """;

    private final Path folder;
    private final Path shared;

    /// @param folder of the system file, where its versions are made
    Quoter(Path folder) throws IOException {
        this.folder = folder;
        shared = Files.createDirectories(folder.resolve("shared"));
        Files.createDirectories(folder.resolve("versions"));
        for (var version : List.of("1", "2", "3")) {
            Files.writeString(folder.resolve("versions/" + version + ".conf"), version + "\n");
        }
    }

    /// What the system file has under `services`, two blanks in.
    String entry() throws URISyntaxException {
        var classes = TestingService.class.getProtectionDomain().getCodeSource().getLocation();
        return ENTRY.replace("JAVA", Again.java())
                .replace("CLASSES", Path.of(classes.toURI()).toString())
                .replace("SHARED", shared.toString())
                .indent(2);
    }

    List<String> senders() {
        try {
            var file = shared.resolve("quoter" + TestingService.SENDERS);
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Who sends, as far as anybody wrote it down; empty before the first.
    String active() {
        var senders = senders();
        return senders.isEmpty() ? "" : senders.getLast().substring("begin ".length());
    }

    /// Nobody began to send while another one did; a process that was ended sends no more and says nothing.
    void assertNeverTwo(String... ended) {
        var sending = "";
        for (var line : senders()) {
            var who = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("begin ")) {
                assertThat(sending.isEmpty() || List.of(ended).contains(sending))
                        .as("who sends when %s begins, in %s", who, senders())
                        .isTrue();
                sending = who;
            } else {
                assertThat(sending).isEqualTo(who);
                sending = "";
            }
        }
        assertThat(sending).as("who sends").isNotEmpty();
    }

    @Override
    public String toString() {
        return folder + ": " + senders();
    }
}
