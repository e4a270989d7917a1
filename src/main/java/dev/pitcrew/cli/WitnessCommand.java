package dev.pitcrew.cli;

import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.runtime.ledger.KeyFile;
import dev.pitcrew.runtime.ledger.WitnessServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew witness serve|key`: remembers the checkpoints of other hosts' ledgers, by the C2SP witness protocol. It needs no system file.
@Command(
        description = {
            "Run it on another host, under other people: a ledger can then be rewritten unseen only by both together. It speaks the C2SP witness protocol and needs no system file. Name its key in the system file."
        })
final class WitnessCommand implements Callable<ExitCode> {
    enum Act {
        SERVE,
        KEY
    }

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:/\\s]+):(\\d{1,5})");

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "serve|key",
            description = "serve until interrupted, or print the witness's own public key.")
    private Act act = Act.KEY;

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            defaultValue = "witness",
            description = "The folder in which it remembers; else ${DEFAULT-VALUE}.")
    private Path dir = Path.of("witness");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "witness",
            description = "The witness's name in its key; else ${DEFAULT-VALUE}.")
    private String name = "witness";

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:0",
            description =
                    "Where it listens; port 0 takes any free one; else ${DEFAULT-VALUE}. It speaks plain HTTP: beyond this host it belongs behind TLS or into a private network.")
    private String listen = "127.0.0.1:0";

    @Option(
            names = "--ledger",
            paramLabel = "KEY",
            description = "The public key of a ledger to remember; once for each.")
    private List<String> ledgers = new ArrayList<>();

    @Mixin private FormOption form = new FormOption();

    @Override
    public ExitCode call() throws IOException, InterruptedException {
        Files.createDirectories(dir);
        var key =
                KeyFile.loadOrCreate(
                        dir.resolve("witness.key"), name, VerifierKey.Kind.COSIGNATURE);
        if (act == Act.KEY) {
            show(Map.of("key", key.verifier().toString()), key.verifier().toString());
            return ExitCode.OK;
        }
        var known = ledgers.stream().map(VerifierKey::parse).toList();
        var address = address();
        warning(address).ifPresent(spec.commandLine().getErr()::println);
        try (var server = WitnessServer.start(address, dir, key, known, Clock.systemUTC())) {
            var url = server.url();
            show(
                    Map.of("witness", name, "url", url, "ledgers", known.size()),
                    "witness %s: %s, %d ledgers".formatted(name, url, known.size()));
            new CountDownLatch(1).await();
        }
        return ExitCode.OK;
    }

    private InetSocketAddress address() {
        try {
            return address(listen);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--listen: " + e.getMessage(), e);
        }
    }

    /// What to know before other hosts can reach it; empty when they can't.
    static Optional<String> warning(InetSocketAddress address) {
        return Optional.of(
                        "pitcrew: other hosts reach %s by plain HTTP: put TLS in front of it or keep it in a private network; who is in between can hold back and repeat answers, but not forge them"
                                .formatted(address.getHostString() + ":" + address.getPort()))
                .filter(_ -> !address.getAddress().isLoopbackAddress());
    }

    /// Of a name, an IPv4 address or an IPv6 address in brackets.
    static InetSocketAddress address(String text) {
        var parts = HOST_AND_PORT.matcher(text);
        int port = parts.matches() ? Integer.parseInt(parts.group(2)) : -1;
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "it is HOST:PORT such as 127.0.0.1:8070 or [::1]:8070, got " + text);
        }
        var address = new InetSocketAddress(parts.group(1), port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("no host is called " + parts.group(1));
        }
        return address;
    }

    private void show(Map<String, Object> result, String text) {
        var out = spec.commandLine().getOut();
        out.println(form.isJson() ? DeskCommand.json(result) : text);
        out.flush();
    }
}
