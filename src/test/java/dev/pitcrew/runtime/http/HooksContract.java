package dev.pitcrew.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Hook.HttpHook;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every adapter of [Hooks] must do; run against real HTTP, against those of the tests and against the services of
/// the simulation. The service remembers the highest token, as the desk's contract asks.
public abstract class HooksContract {
    static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration ENOUGH_TO_ARRIVE = Duration.ofSeconds(2); // on a busy machine

    protected abstract Hooks hooks();

    /// Where the service answers.
    protected abstract Address address();

    /// Sets the kill latch of the service.
    protected abstract void latch();

    /// Lets the next call be carried out without an answer.
    protected abstract void loseNextAnswer();

    /// From now on nothing answers there.
    protected abstract void takeDown();

    HookCall call(HookName name, long token) {
        return call(name, token, LIMIT);
    }

    HookCall call(HookName name, long token, Duration limit) {
        Instance instance = new Instance("gateway-1", address(), Map.of(), Map.of(), Path.of("."));
        HttpHook hook = new HttpHook("/hooks/" + name.key(), limit);
        return new HookCall(instance, name, hook, new Token(token), "rollout-7");
    }

    @Test
    void a_hook_is_done() {
        assertThat(hooks().call(call(HookName.ACTIVATE, 5))).isEqualTo(new HookAnswer.Done());
    }

    @Test
    void a_repeated_hook_is_done_again() {
        hooks().call(call(HookName.ACTIVATE, 5));

        assertThat(hooks().call(call(HookName.ACTIVATE, 5))).isEqualTo(new HookAnswer.Done());
    }

    @Test
    void an_older_token_is_refused_with_the_highest() {
        hooks().call(call(HookName.ACTIVATE, 5));

        assertThat(hooks().call(call(HookName.ACTIVATE, 4)))
                .isEqualTo(new HookAnswer.OlderToken(5));
    }

    @Test
    void a_service_may_be_at_it() {
        assertThat(hooks().call(call(HookName.DRAIN, 5))).isEqualTo(new HookAnswer.InProgress());
    }

    @Test
    void a_latched_service_refuses() {
        latch();

        assertThat(hooks().call(call(HookName.ACTIVATE, 5))).isEqualTo(new HookAnswer.Latched());
    }

    @Test
    void an_answer_that_does_not_come_leaves_it_unknown() {
        loseNextAnswer();
        HookAnswer lost = hooks().call(call(HookName.ACTIVATE, 5, ENOUGH_TO_ARRIVE));

        assertThat(lost).isEqualTo(new HookAnswer.TimedOut());
        assertThat(hooks().call(call(HookName.ACTIVATE, 4)))
                .isEqualTo(new HookAnswer.OlderToken(5)); // it was carried out
    }

    @Test
    void a_service_that_is_down_is_unreachable() {
        takeDown();

        assertThat(hooks().call(call(HookName.ACTIVATE, 5)))
                .isInstanceOf(HookAnswer.Unreachable.class);
    }
}
