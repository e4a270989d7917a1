package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.SigningKey;
import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.ledger.Witness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

class HttpWitnessTest extends WitnessContract {
    private final List<WitnessServer> servers = new ArrayList<>();

    @Override
    Witness start(Path folder, VerifierKey ledger) throws IOException {
        var key = SigningKey.generate("witness.example/w1", VerifierKey.Kind.COSIGNATURE);
        var server =
                WitnessServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        folder,
                        key,
                        List.of(ledger),
                        InstantSource.system());
        servers.add(server);
        var prefix = URI.create(server.url());
        return new HttpWitness(prefix, key.verifier(), Duration.ofSeconds(20));
    }

    @Override
    void stop(Witness witness) {
        ((HttpWitness) witness).close();
        servers.forEach(WitnessServer::close);
    }
}
