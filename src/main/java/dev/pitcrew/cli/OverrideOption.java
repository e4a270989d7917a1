package dev.pitcrew.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The option of verbs that plan a change in spite of a gate.
final class OverrideOption {
    @Option(
            names = "--override",
            paramLabel = "GATE",
            description =
                    "Go on whatever this gate measures; may be given again. Needs --reason and an approval, and status lists it while that version serves.")
    private List<String> gates = new ArrayList<>();

    List<String> gates() {
        return List.copyOf(gates);
    }
}
