package desk.common;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a role of the desk tells its operator. [OperatorPort] serves it over HTTP.
public interface Operated {
    /// The role, such as `gateway`.
    String service();

    /// @return why it isn't ready, each reason a few words; empty when it is ready
    List<String> notReady();

    /// Adds what this role knows to the answer of `/status`.
    void describe(ObjectNode status);

    /// What it counts beside that, in Prometheus text.
    default String metrics() {
        return "";
    }

    /// A service of which one instance may be active. A hook may be called again at any time, and `kill` beside any
    /// other; the rest come one after the other.
    interface SingleActive extends Operated {
        State state();

        /// @return the token that this process was activated with; 0 while it isn't
        long token();

        boolean killed();

        /// @param open what becomes of open orders
        Hooked drain(long token, Open open);

        Hooked activate(long token);

        Hooked deactivate(long token);

        /// @param limit how long to go on cancelling what is open
        Hooked kill(Duration limit);

        /// How a kill stands, for the answer of its hook.
        default Optional<ObjectNode> killReport() {
            return Optional.empty();
        }

        Hooked rearm(long token);
    }

    /// Where a single-active service stands.
    enum State {
        PASSIVE,
        ACTIVATING,
        ACTIVE,
        DRAINING,
        DRAINED,
        KILLED;

        /// Whether the process may still send, or holds the FIX session.
        public boolean active() {
            return this == ACTIVE || this == DRAINING || this == DRAINED;
        }
    }

    /// What becomes of open orders in a drain, as the header `Pitcrew-Drain` says it.
    enum Open {
        /// They rest until they end by themselves.
        WAIT,
        /// They rest, and whoever is activated next takes them over.
        HAND_OVER,
        /// The venue is asked to cancel them.
        CANCEL;

        /// @throws IllegalArgumentException when the word is none of the three
        static Open of(String word) {
            return valueOf(word.replace('-', '_').toUpperCase(java.util.Locale.ROOT));
        }
    }

    /// The answer of a hook.
    enum Hooked {
        DONE(200),
        ACCEPTED(202),
        REFUSED_KILLED(423),
        FAILED(500);

        final int status;

        Hooked(int status) {
            this.status = status;
        }
    }
}
