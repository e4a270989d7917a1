package dev.pitcrew.runtime;

import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.ledger.Witness;
import dev.pitcrew.model.WitnessRef;
import dev.pitcrew.model.WitnessRef.FolderWitness;
import dev.pitcrew.model.WitnessRef.SshWitness;
import dev.pitcrew.model.WitnessRef.UrlWitness;
import dev.pitcrew.runtime.ledger.HttpWitness;
import dev.pitcrew.runtime.ledger.SshTarget;
import java.nio.file.Path;
import java.time.Duration;

/// The witness that a system file names.
final class DeclaredWitness {
    private DeclaredWitness() {}

    static Witness of(WitnessRef reference, Variables variables, Duration limit) {
        return switch (reference) {
            case FolderWitness(var path) ->
                    new dev.pitcrew.runtime.ledger.FolderWitness(
                            Path.of(path.fill(variables.common())));
            case UrlWitness(var url, var key) ->
                    new HttpWitness(url, VerifierKey.parse(key), limit);
            case SshWitness(var text, var identity, var knownHosts) -> {
                var target = SshTarget.parse(text);
                yield new dev.pitcrew.runtime.ledger.SshWitness(
                        target.command(
                                identity.map(one -> Path.of(one.fill(variables.common()))),
                                knownHosts.map(one -> Path.of(one.fill(variables.common()))),
                                limit.toSeconds()),
                        target.folder(),
                        limit);
            }
        };
    }
}
