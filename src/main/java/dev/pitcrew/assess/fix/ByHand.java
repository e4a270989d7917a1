package dev.pitcrew.assess.fix;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Why a person has to mend what a check finds: what the files don't say, or what only people may decide. The check's page says what to do.
public final class ByHand {
    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    Map.entry(
                            "CI-001",
                            "which commit the action's version is, only its repository says"),
                    Map.entry(
                            "CI-005",
                            "the image has to be built, and pushed, somewhere else first"),
                    Map.entry("CI-006", "where the tried image is kept, the files don't say"),
                    Map.entry("CLD-002", "who has to reach it, the files don't say"),
                    Map.entry("CLD-004", "what it needs, only those know who use it"),
                    Map.entry("CLD-005", "the state has to be moved, and what it holds changed"),
                    Map.entry(
                            "CMP-002",
                            "which of the two moves to another port is for those who call them"),
                    Map.entry("CMP-003", "which of them can begin alone, only its makers know"),
                    Map.entry("CMP-005", "what replaces the socket has to be chosen and set up"),
                    Map.entry("CMP-006", "how much memory it needs has to be measured"),
                    Map.entry("DUR-004", "where the archive goes has to be chosen"),
                    Map.entry(
                            "IMG-002",
                            "which version it runs on now, only the image that runs says"),
                    Map.entry(
                            "IMG-003",
                            "the secret has to come from somewhere else, and be changed"),
                    Map.entry(
                            "IMG-004",
                            "what of the program tells its health, only its makers know"),
                    Map.entry("IMG-006", "two programs become two containers"),
                    Map.entry("K8S-003", "how much memory it needs has to be measured"),
                    Map.entry(
                            "K8S-008",
                            "who has to reach it, the files don't say, and a rule would cut them off"),
                    Map.entry("MIG-002", "the new column is filled over several releases"),
                    Map.entry("MIG-003", "what old rows hold has to be decided"),
                    Map.entry(
                            "MIG-004",
                            "how exact the amounts have to be has to be decided, and the rows moved"),
                    Map.entry(
                            "MIG-005",
                            "in which zone the times were written, only the writers know"),
                    Map.entry("MIG-006", "the old column goes with a later release"),
                    Map.entry("MIG-008", "which revision was meant, only its author knows"),
                    Map.entry("OBS-004", "how much in which time is too much has to be decided"),
                    Map.entry("OBS-005", "where the Alertmanager is, the files don't say"),
                    Map.entry("OBS-006", "who is to be told, and where, the files don't say"),
                    Map.entry("OBS-007", "where the address is kept, the files don't say"),
                    Map.entry("OBS-013", "who is to be told, and where, the files don't say"),
                    Map.entry(
                            "SEC-001",
                            "the key has to be taken back at the exchange and kept elsewhere"),
                    Map.entry("SEC-003", "what the step wanted to know has to be asked otherwise"),
                    Map.entry(
                            "SEC-005",
                            "the program has to take the secret from a file or a variable"),
                    Map.entry(
                            "SYS-005", "what is to be filled in, and by whom, the files don't say"),
                    Map.entry("SYS-009", "which value was meant, only the author knows"),
                    Map.entry("SYS-010", "the other environment needs a database of its own first"),
                    Map.entry(
                            "SYS-012", "which key was meant, only those know who keep the secret"),
                    Map.entry(
                            "SYS-030",
                            "whether the tag or the pipeline is to change has to be decided"),
                    Map.entry("SYS-033", "what the image can ask with, only the image says"),
                    Map.entry("SYS-058", "who is to be paged has to be decided"),
                    Map.entry("SYS-070", "which of the two is to start it has to be decided"),
                    Map.entry("SYS-071", "the file is missing, and nobody can write it unseen"),
                    Map.entry("TRD-007", "which version runs now, only the host says"),
                    Map.entry("TRD-009", "the data have to be parted, and one of them moved"),
                    Map.entry("TRD-016", "the other environment needs a key of its own first"),
                    Map.entry(
                            "TRD-019",
                            "what of the program tells that prices come, only its makers know"),
                    Map.entry("TRD-052", "when a deploy may begin has to be decided"),
                    Map.entry("TRD-054", "the check that is only printed has to be written"),
                    Map.entry("TRD-055", "which version was tested, only those know who tested"),
                    Map.entry("TRD-071", "a certificate has to be there first"),
                    Map.entry(
                            "TRD-072",
                            "who may stop trading has to be decided, and a wrong rule keeps him out"),
                    Map.entry("TRD-074", "how old a price may be has to be decided"),
                    Map.entry("TRD-075", "which hours are quiet has to be decided"),
                    Map.entry(
                            "TRD-077",
                            "several times add up, and which of them gives has to be decided"),
                    Map.entry("TRD-094", "when a restart does no harm has to be decided"),
                    Map.entry("TRD-096", "of which venue the hour is, the file doesn't say"),
                    Map.entry("TRD-098", "where the copy goes has to be chosen"),
                    Map.entry("TRD-099", "the drill has to be written, and be run"),
                    Map.entry("SYS-080", "the other gateways have to be paid for and routed to"),
                    Map.entry("TRD-113", "who has to reach it, the files don't say"),
                    Map.entry("TRD-115", "senders have to say which messages keep their order"),
                    Map.entry("TRD-123", "a second node has to be paid for"),
                    Map.entry("TRD-122", "how it hands over, only its makers know"),
                    Map.entry("SYS-081", "which handler was meant, only the author knows"));

    private ByHand() {}

    /// The codes of the checks whose findings people mend.
    public static Set<String> codes() {
        return REASONS.keySet();
    }

    /// Why, in words without a full stop; empty for a check that has fixes.
    public static Optional<String> reason(String code) {
        return Optional.ofNullable(REASONS.get(code));
    }
}
