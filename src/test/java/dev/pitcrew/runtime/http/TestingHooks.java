package dev.pitcrew.runtime.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Hooks of services that exist only here: each instance answers as its function says.
///
/// Faults: the answer can be [lost][#loseNextAnswer] after the service acted, and an instance without a function can't
/// be reached.
public final class TestingHooks implements Hooks {
    private final Map<String, Function<HookCall, HookAnswer>> services = new HashMap<>();
    private final List<HookCall> calls = new ArrayList<>();
    private boolean losesNextAnswer;

    /// The instance answers like this from now on.
    public void answer(String instance, Function<HookCall, HookAnswer> how) {
        services.put(instance, how);
    }

    /// The instance can't be reached any more.
    public void cutOff(String instance) {
        services.remove(instance);
    }

    /// The next call is carried out, and its answer doesn't come in time.
    public void loseNextAnswer() {
        losesNextAnswer = true;
    }

    /// All calls that reached an instance, in order.
    public List<HookCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public HookAnswer call(HookCall call) {
        Function<HookCall, HookAnswer> service = services.get(call.instance().name());
        if (service == null) {
            return new HookAnswer.Unreachable("no connection");
        }
        calls.add(call);
        HookAnswer answer = service.apply(call);
        if (losesNextAnswer) {
            losesNextAnswer = false;
            return new HookAnswer.TimedOut();
        }
        return answer;
    }
}
