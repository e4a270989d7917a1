package dev.pitcrew.app;

import dev.pitcrew.deploy.RolloutEvent.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that `pitcrew status` shows, as every face shows it and as the API sends it.
///
/// @param at when it was so
/// @param freeze who froze changes and why; null while they are allowed
/// @param toReassess emergency changes that nobody has re-assessed yet
/// @param singleOperator rollouts that one person alone decided, for ever marked
/// @param unknown instances that run and that the ledger doesn't know
/// @param about what the system file says of the system, for people
/// @param operators who may ask for something
public record DeskStatus(
        String system,
        String environment,
        Instant at,
        Controller controller,
        Ledger ledger,
        @Nullable String freeze,
        List<ServiceLine> services,
        List<Emergency> toReassess,
        List<Marked> singleOperator,
        List<String> unknown,
        About about,
        List<Operator> operators) {
    public DeskStatus {
        operators = List.copyOf(operators);
        services = List.copyOf(services);
        toReassess = List.copyOf(toReassess);
        singleOperator = List.copyOf(singleOperator);
        unknown = List.copyOf(unknown);
    }

    /// Whose system it is and where it runs.
    ///
    /// @param owner desk and strategy; empty when the system file names none, as is `site`
    public record About(String owner, String site, String host) {}

    /// An operator.
    ///
    /// @param by who added him, as that one says; empty when nobody says
    /// @param isWrittenDown whether the ledger knows him; it does before he can act
    public record Operator(String name, String by, boolean isWrittenDown) {}

    /// The controller.
    ///
    /// @param trouble why it can't write the ledger; empty while it can
    /// @param leads among several controllers, who leads and under which epoch; empty where there is only one
    public record Controller(long pid, String trouble, String leads) {}

    /// The ledger.
    ///
    /// @param entries how many
    /// @param unwitnessed since when no witness has seen it, or that none is declared; empty while one has seen all
    /// @param past from where the controller folded it when it began, such as `from the first entry: there is no snapshot`
    public record Ledger(long entries, String unwitnessed, String past) {
        /// One of which nobody says from where it was folded.
        public Ledger(long entries, String unwitnessed) {
            this(entries, unwitnessed, "");
        }
    }

    /// A service.
    ///
    /// @param version the approved one; empty when nothing is
    /// @param lastGood the version that a rollback leads to; empty when there is none
    /// @param active the instance that is active; empty when none is, or when that means nothing for this service
    /// @param token the highest activation token given out
    /// @param changing a rollout waiting or underway; null when there is none
    /// @param mending what the keeper mends, and its step; empty while it has nothing to do
    /// @param stuck why a person is needed; null while nobody is
    /// @param lastChange how the last rollout ended, in words; empty when there was none
    /// @param outcome the same as one word; null when the last rollout is not over, or there was none
    /// @param overrides gates that were overridden for what serves or for the rollout underway, each with its reason
    public record ServiceLine(
            String name,
            String role,
            String version,
            String lastGood,
            String active,
            long token,
            boolean killed,
            List<InstanceLine> instances,
            @Nullable Change changing,
            String mending,
            @Nullable Stuck stuck,
            String lastChange,
            @Nullable Outcome outcome,
            List<String> overrides) {
        public ServiceLine {
            overrides = List.copyOf(overrides);
            instances = List.copyOf(instances);
        }

        /// Whether it does what it is there for: of the wanted version, ready, and active where only one may be.
        ///
        /// @param singleActive whether only one may be active
        public boolean serves(boolean singleActive) {
            return singleActive
                    ? instances.stream()
                            .anyMatch(
                                    one -> one.name().equals(active) && one.state() == State.ACTIVE)
                    : instances.stream().anyMatch(one -> one.state() == State.READY);
        }
    }

    /// An instance.
    ///
    /// @param openOrders as it reports them; null when unknown
    /// @param memoryBytes what it has resident, with all that it started; null when unknown
    /// @param cpuMillis that it used on all cores since it began; null when unknown
    /// @param host on which it runs, as the system file calls it, or its address; null where there is only one
    public record InstanceLine(
            String name,
            String version,
            State state,
            @Nullable Long openOrders,
            @Nullable Long memoryBytes,
            @Nullable Long cpuMillis,
            @Nullable String host) {}

    /// How an instance is.
    public enum State {
        /// It is active.
        ACTIVE,
        /// It is ready, and passive where only one may be active.
        READY,
        /// It runs and is not ready.
        NOT_READY,
        /// It does not answer for longer than it may.
        HANGING,
        /// Its host confirms that it is dead.
        DEAD,
        /// Nobody can tell.
        UNKNOWN
    }

    /// A rollout that is not over.
    ///
    /// @param state `waiting`, `going` or `returning`
    /// @param step the step underway; empty before the first
    /// @param index of that step, from 1; 0 before the first
    /// @param steps how many there are
    /// @param waitsFor what is missing; empty when nothing is
    /// @param hash of what is to be approved
    public record Change(
            String rollout,
            String from,
            String to,
            String state,
            String step,
            int index,
            int steps,
            String waitsFor,
            String hash) {}

    /// Why a person is needed, and what that person does.
    ///
    /// @param orderFlow whether it is stopped and what may still send; empty where order flow goes on, or none comes from the service
    public record Stuck(String name, String reason, String orderFlow, String next) {}

    /// An emergency change that somebody else has to look at.
    ///
    /// @param by who approved it alone
    /// @param due until when somebody else has to
    /// @param isOverdue whether that is over
    public record Emergency(
            String rollout,
            String service,
            String by,
            Instant at,
            Instant due,
            boolean isOverdue) {}

    /// A rollout to be remembered.
    public record Marked(String rollout, String service, String by, Instant at) {}
}
