package dev.pitcrew.cli;

import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.runtime.ledger.KeyFile;
import dev.pitcrew.runtime.ledger.WitnessServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "Its port, on 127.0.0.1 only; 0 takes any free one; else ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--ledger",
            paramLabel = "KEY",
            description = "The public key of a ledger to remember; once for each.")
    private List<String> ledgers = new ArrayList<>();

    @Option(
            names = "--format",
            order = Common.FORMAT,
            paramLabel = "FORM",
            defaultValue = "text",
            description = "How the result is written to stdout: text or json; else text.")
    private Format format = Format.TEXT;

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
        try (var server = WitnessServer.start(port, dir, key, known, Clock.systemUTC())) {
            var url = "http://127.0.0.1:" + server.port();
            show(
                    Map.of("witness", name, "url", url, "ledgers", known.size()),
                    "witness %s: %s, %d ledgers".formatted(name, url, known.size()));
            new CountDownLatch(1).await();
        }
        return ExitCode.OK;
    }

    private void show(Map<String, Object> result, String text) {
        var out = spec.commandLine().getOut();
        out.println(format == Format.JSON ? DeskCommand.json(result) : text);
        out.flush();
    }
}
