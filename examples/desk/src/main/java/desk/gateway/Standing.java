package desk.gateway;

import desk.common.Operated.State;

/// Where this instance stands. The gateway's thread writes it, but for [#unsettle], and all read it.
final class Standing {
    private volatile State state = State.PASSIVE;
    private volatile long token;
    private volatile boolean settled;
    private volatile Control control;
    private volatile long lostAt = System.nanoTime();

    /// @param control as the store has it at the start
    Standing(Control control) {
        this.control = control;
    }

    State state() {
        return state;
    }

    void become(State next) {
        state = next;
    }

    /// The token that this instance was activated with; 0 while it isn't.
    long token() {
        return token;
    }

    void hold(long wanted) {
        token = wanted;
    }

    /// The highest that is known here.
    long highestToken() {
        return Math.max(token, control.highestToken());
    }

    /// What the store said last.
    Control control() {
        return control;
    }

    void heard(Control now) {
        control = now;
    }

    /// Whether nothing is in doubt, so that sending may begin or go on.
    boolean settled() {
        return settled;
    }

    void settle() {
        settled = true;
    }

    /// Something is in doubt from now on. Any thread may say so.
    void unsettle() {
        settled = false;
    }

    /// The session is gone.
    void lost() {
        settled = false;
        lostAt = System.nanoTime();
    }

    long nanosSinceLost() {
        return System.nanoTime() - lostAt;
    }
}
