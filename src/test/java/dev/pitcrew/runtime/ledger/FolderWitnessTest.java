package dev.pitcrew.runtime.ledger;

import dev.pitcrew.ledger.VerifierKey;
import dev.pitcrew.ledger.Witness;
import java.nio.file.Path;

class FolderWitnessTest extends WitnessContract {
    @Override
    Witness start(Path folder, VerifierKey ledger) {
        return new FolderWitness(folder);
    }

    @Override
    void stop(Witness witness) {}
}
