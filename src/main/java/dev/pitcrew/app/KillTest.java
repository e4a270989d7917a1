package dev.pitcrew.app;

import dev.pitcrew.app.Reach.Alive;
import dev.pitcrew.model.Hook;
import dev.pitcrew.model.HookName;
import dev.pitcrew.model.ProbeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Tries that a kill would work, and stops nothing: each instance answers where its kill hook is, its latch can be read, and the drop
/// copy tells the open orders.
public final class KillTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Reach reach;

    public KillTest(Reach reach) {
        this.reach = reach;
    }

    /// One thing that was tried.
    ///
    /// @param service whose it is
    /// @param what such as `kill hook`, `latch`, `open orders`
    /// @param detail what came back
    public record Tried(
            String service, String instance, String what, boolean works, String detail) {}

    /// @throws IllegalArgumentException when the order names nothing that could be killed
    public List<Tried> run(KillOrder order) {
        var scope = KillScope.of(reach.system(), order);
        var tried = new ArrayList<Tried>();
        for (var service : scope.all()) {
            var alive = reach.alive(service);
            if (alive.isEmpty()) {
                tried.add(
                        new Tried(service.name(), service.name(), "instance", false, "none runs"));
            }
            alive.forEach(one -> tried.add(hook(one)));
            alive.stream()
                    .filter(one -> service.probe(ProbeName.KILLED).isPresent())
                    .forEach(one -> tried.add(latch(one)));
        }
        scope.dropCopy().ifPresent(service -> tried.add(dropCopy(scope, service)));
        return List.copyOf(tried);
    }

    /// A hook can't be tried without killing, so it is looked at whether the one that would answer it does.
    private Tried hook(Alive one) {
        var hook = one.service().hook(HookName.KILL);
        if (hook.isEmpty()) {
            return tried(one, "kill hook", false, "none is declared: it would be cut");
        }
        return switch (hook.get()) {
            case Hook.HttpHook http ->
                    reach.answers(one)
                            ? tried(one, "kill hook", true, "answers for " + http.path())
                            : tried(one, "kill hook", false, "does not answer");
            case Hook.CommandHook _, Hook.SignalHook _ ->
                    tried(one, "kill hook", true, "its process lives");
        };
    }

    private Tried latch(Alive one) {
        var latch = reach.ask(one, ProbeName.KILLED);
        return tried(
                one,
                "latch",
                latch.isPresent(),
                latch.map(text -> "reads " + text).orElse("can't be read"));
    }

    private Tried dropCopy(KillScope scope, dev.pitcrew.model.Service service) {
        return reach.alive(service).stream()
                .flatMap(
                        one ->
                                reach
                                        .fetch(one, "/open-orders", TIMEOUT)
                                        .flatMap(text -> OpenOrders.list(text, scope.sessions()))
                                        .map(
                                                orders ->
                                                        tried(
                                                                one,
                                                                "open orders",
                                                                true,
                                                                orders.count() + " open"))
                                        .stream())
                .findFirst()
                .orElseGet(
                        () ->
                                new Tried(
                                        service.name(),
                                        service.name(),
                                        "open orders",
                                        false,
                                        "no instance tells them"));
    }

    private static Tried tried(Alive one, String what, boolean works, String detail) {
        return new Tried(one.service().name(), one.name(), what, works, detail);
    }

    /// The same for people: one line each.
    public static String text(List<Tried> tried) {
        return String.join(
                "\n",
                tried.stream()
                        .map(
                                one ->
                                        "%-4s %-16s %-12s %s"
                                                .formatted(
                                                        one.works() ? "ok" : "FAIL",
                                                        one.instance(),
                                                        one.what(),
                                                        one.detail()))
                        .toList());
    }
}
