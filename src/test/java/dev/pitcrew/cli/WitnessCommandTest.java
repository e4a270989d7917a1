package dev.pitcrew.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.runtime.Awaiting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void it_listens_where_it_is_told_to_and_says_where() throws Exception {
        var thread = Thread.ofVirtual().start(() -> run("serve", "--listen", "127.0.0.1:0"));
        try (var client = HttpClient.newHttpClient()) {
            Awaiting.until(
                    "its address",
                    Duration.ofSeconds(20),
                    () -> out.toString().endsWith("\n"),
                    err::toString);
            var url = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(out.toString());
            assertThat(url.find()).isTrue();
            var request = HttpRequest.newBuilder(URI.create(url.group() + "/nothing")).build();

            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
            assertThat(err.toString()).isEmpty();
        } finally {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void that_other_hosts_reach_it_by_plain_http_is_said() {
        assertThat(WitnessCommand.warning(WitnessCommand.address("0.0.0.0:8070")))
                .contains(
                        "pitcrew: other hosts reach 0.0.0.0:8070 by plain HTTP: put TLS in front of it or keep it in a private network; who is in between can hold back and repeat answers, but not forge them");
        assertThat(WitnessCommand.warning(WitnessCommand.address("127.0.0.1:8070"))).isEmpty();
        assertThat(WitnessCommand.warning(WitnessCommand.address("[::1]:8070"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8070", "127.0.0.1", "127.0.0.1:99999", "http://127.0.0.1:1", ":80"})
    void what_is_no_address_is_refused(String text) {
        assertThatThrownBy(() -> WitnessCommand.address(text))
                .hasMessage("it is HOST:PORT such as 127.0.0.1:8070 or [::1]:8070, got " + text);
        assertThat(run("serve", "--listen", text)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--listen: it is HOST:PORT");
    }

    private ExitCode run(String... args) {
        var all = new String[args.length + 3];
        System.arraycopy(new String[] {"witness", "--dir", folder.toString()}, 0, all, 0, 3);
        System.arraycopy(args, 0, all, 3, args.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }
}
