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
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pitcrew witness serve|key`: remembers the checkpoints of other hosts' ledgers, by the C2SP witness protocol. It needs no system file.
@Command
final class WitnessCommand implements Callable<ExitCode> {
    enum Act {
        SERVE,
        KEY
    }

    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "serve|key",
            description = "Serve until interrupted, or print the witness's own key.")
    private Act act = Act.KEY;

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            defaultValue = "witness",
            description = "Where it remembers.")
    private Path dir = Path.of("witness");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "witness",
            description = "The witness's name in its key.")
    private String name = "witness";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "On 127.0.0.1; 0 takes any free one.")
    private int port;

    @Option(
            names = "--ledger",
            paramLabel = "KEY",
            description = "The key of a ledger to witness; once for each.")
    private List<String> ledgers = new ArrayList<>();

    @Override
    public ExitCode call() throws IOException, InterruptedException {
        Files.createDirectories(dir);
        var key =
                KeyFile.loadOrCreate(
                        dir.resolve("witness.key"), name, VerifierKey.Kind.COSIGNATURE);
        var out = spec.commandLine().getOut();
        if (act == Act.KEY) {
            out.println(key.verifier());
            return ExitCode.OK;
        }
        var known = ledgers.stream().map(VerifierKey::parse).toList();
        try (var server = WitnessServer.start(port, dir, key, known, Clock.systemUTC())) {
            out.printf(
                    "witness %s: http://127.0.0.1:%d, %d ledgers%n",
                    name, server.port(), known.size());
            out.flush();
            new CountDownLatch(1).await();
        }
        return ExitCode.OK;
    }
}
