package dev.pitcrew.runtime;

import dev.pitcrew.deploy.DeskEvent.KillTested;
import dev.pitcrew.deploy.Facts;
import dev.pitcrew.deploy.InstanceFacts;
import dev.pitcrew.deploy.ProcessState;
import dev.pitcrew.deploy.Roster;
import dev.pitcrew.model.Role;
import dev.pitcrew.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What of a reported kill, or of its test, the controller sees for itself. Who reports it only claims it, and the ledger says which of
/// the two it is. Pure.
///
/// @param service which was killed or tried
/// @param roster its instances
/// @param facts the outside world, as last observed
public record KillCheck(Service service, Roster roster, Facts facts) {
    private static final int CLAIM_MAX = 500;
    private static final String SEEN = "seen as well, ";
    private static final String CLAIMED = "claimed by the CLI, ";

    /// Why a report can't be one; empty when it may be.
    ///
    /// @param service whose order flow it is about
    /// @param claim what came of it, in the words of who did it
    public static Optional<String> objection(Service service, String claim) {
        if (service.role() != Role.ORDER_ENTRY && service.role() != Role.STRATEGY) {
            return Optional.of(service.name() + " sends no orders, so a kill is not about it");
        }
        if (claim.isBlank()
                || claim.length() > CLAIM_MAX
                || claim.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(
                    "what came of a kill is one line of 1 to " + CLAIM_MAX + " characters");
        }
        return Optional.empty();
    }

    /// Whether each instance is seen latched or dead.
    public boolean isSeenKilled() {
        return !roster.instances().isEmpty() && missing().isEmpty();
    }

    /// What the ledger says of a kill: the claim, and whether it is seen.
    public String killed(String claim) {
        return isSeenKilled()
                ? "confirmed, each instance is latched or dead: " + claim
                : CLAIMED + "no latch seen on " + names(missing()) + ": " + claim;
    }

    /// What the ledger says of a test of the kill: the claim, and whether the same is seen from here.
    public String tested(String claim) {
        var silent = instances(this::tellsNoLatch);
        return !roster.instances().isEmpty() && silent.isEmpty()
                ? SEEN + "each instance answers and tells its latch: " + claim
                : CLAIMED + "no latch told by " + names(silent) + ": " + claim;
    }

    /// Whether a test in the ledger is one of which the controller saw for itself that it may be true.
    static boolean isSeen(KillTested test) {
        return test.result().startsWith(SEEN);
    }

    private static String names(List<String> instances) {
        return instances.isEmpty() ? "any instance" : String.join(", ", instances);
    }

    private List<String> missing() {
        return instances(
                one -> !isDead(one) && !one.killed().known(facts.at(), limit()).orElse(false));
    }

    private boolean tellsNoLatch(InstanceFacts one) {
        return isDead(one)
                || one.silence().isPresent()
                || one.killed().known(facts.at(), limit()).isEmpty();
    }

    private boolean isDead(InstanceFacts one) {
        return one.process()
                .known(facts.at(), limit())
                .filter(ProcessState.DEAD::equals)
                .isPresent();
    }

    private List<String> instances(Predicate<InstanceFacts> which) {
        var names = new ArrayList<String>();
        for (var name : roster.instances().keySet()) {
            if (which.test(facts.of(name))) {
                names.add(name);
            }
        }
        return names;
    }

    private Duration limit() {
        return service.probes().limit();
    }
}
