package dev.pitcrew.runtime.http;

import dev.pitcrew.model.HookName;
import dev.pitcrew.model.Token;

class TestingHooksTest extends HooksContract {
    private final TestingHooks hooks = new TestingHooks();
    private Token highest = new Token(0);

    TestingHooksTest() {
        hooks.answer("gateway-1", this::answer);
    }

    private HookAnswer answer(HookCall call) {
        if (highest.isNewerThan(call.token())) {
            return new HookAnswer.OlderToken(highest.value());
        }
        highest = call.token();
        return call.name() == HookName.DRAIN ? new HookAnswer.InProgress() : new HookAnswer.Done();
    }

    @Override
    protected Hooks hooks() {
        return hooks;
    }

    @Override
    protected Address address() {
        return Address.local(1);
    }

    @Override
    protected void latch() {
        hooks.answer("gateway-1", _ -> new HookAnswer.Latched());
    }

    @Override
    protected void loseNextAnswer() {
        hooks.loseNextAnswer();
    }

    @Override
    protected void takeDown() {
        hooks.cutOff("gateway-1");
    }
}
