package dev.pitcrew.read;

import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// What can't work of a service of which only one instance may send.
///
/// @param name of the service
/// @param single its `singleActive`
/// @param strategy of its rollouts, as written or as meant where it is left out
record SingleActiveRules(
        String name, Node service, Node single, String strategy, Consumer<Problem> problems) {

    void check() {
        List<String> fences = single.scalarsAt("fence").stream().map(Scalar::text).toList();
        if (!fences.isEmpty() && fences.stream().allMatch("store"::equals)) {
            report(
                    single.at("fence").orElse(single).place(),
                    "a store stops no order on its way to the venue; add session, gateway or process");
        }
        sessionAlone(fences);
        standby();
        if (endsByHandoff()) {
            handoff();
        } else if (hasHook("activate")) {
            needsProbes("the hook activate of " + name, List.of("active", "token"));
        } else {
            active(fences);
        }
        latch();
        if (isOrderEntry()) {
            orders();
        }
    }

    private boolean endsByHandoff() {
        return Set.of("handoff", "shadow").contains(strategy);
    }

    private void handoff() {
        for (String hook : List.of("activate", "deactivate")) {
            if (!hasHook(hook)) {
                report(
                        service.at("hooks").orElse(single).place(),
                        "a handoff of %s needs the hook %s; without one use stop-start"
                                .formatted(name, hook));
            }
        }
        needsProbes("a handoff of " + name, List.of("active", "token"));
    }

    /// Without a passive mode each instance may send from its start to its death.
    private void active(List<String> fences) {
        if (!fences.isEmpty() && !fences.contains("process")) {
            report(
                    single.at("fence").orElse(single).place(),
                    "%s has no hook activate, so it sends for as long as it lives and only its death is a fence; add process"
                            .formatted(name));
        }
        service.scalarAt("replicas")
                .filter(replicas -> !replicas.text().equals("1"))
                .ifPresent(
                        replicas ->
                                report(
                                        replicas.place(),
                                        "%s has no hook activate, so each of its instances would send; set replicas to 1, or add the hook"
                                                .formatted(name)));
        single.scalarAt("onFailure")
                .filter(onFailure -> onFailure.text().equals("standby"))
                .ifPresent(
                        onFailure ->
                                report(
                                        onFailure.place(),
                                        "%s has no hook activate, so none can stand by; use restart or person, or add the hook"
                                                .formatted(name)));
    }

    /// Where orders are entered, what nobody counts is not none.
    private void orders() {
        if (endsByHandoff()) {
            needsProbes("a handoff of " + name, List.of("unanswered", "inDoubt", "openOrders"));
            return;
        }
        if (hasHook("drain")) {
            needsProbes("the hook drain of " + name, List.of("unanswered", "openOrders"));
        }
        if (hasHook("activate")) {
            needsProbes("the hook activate of " + name, List.of("inDoubt"));
        }
    }

    /// A latch that is set and that nobody can lift is the end of the service.
    private void latch() {
        if (!hasHook("rearm")) {
            service.at("hooks", "kill")
                    .ifPresent(
                            kill ->
                                    report(
                                            kill.place(),
                                            "%s has the hook kill and no hook rearm, so after a kill it could never begin again; add rearm"
                                                    .formatted(name)));
        }
    }

    private void needsProbes(String what, List<String> probes) {
        for (String probe : probes) {
            if (service.at("probes", probe).isEmpty()) {
                report(
                        service.at("probes").orElse(single).place(),
                        "%s needs the probe %s, since unknown means no; add it"
                                .formatted(what, probe));
            }
        }
    }

    /// A session that only says so itself, or that no venue has, confirms nobody's end.
    private void sessionAlone(List<String> fences) {
        if (!fences.contains("session") || !Set.of("session", "store").containsAll(fences)) {
            return;
        }
        Place place = single.at("fence").orElse(single).place();
        if (service.scalarsAt("venues").isEmpty()) {
            report(
                    place,
                    "the fence session is a venue's, and %s names none; name it in venues, or add gateway or process"
                            .formatted(name));
        }
        if (service.at("probes", "session").isEmpty()) {
            report(
                    place,
                    "nothing tells whether %s has logged out; add the probe session, or the fence process"
                            .formatted(name));
        }
    }

    private void standby() {
        boolean wantsOne =
                single.scalarAt("onFailure").filter(w -> w.text().equals("standby")).isPresent();
        if (wantsOne && hasHook("activate") && replicas().equals("1")) {
            report(
                    single.at("onFailure").orElse(single).place(),
                    "onFailure standby needs a standby, and %s has 1 replica; set replicas 2, or use restart or person"
                            .formatted(name));
        }
    }

    private boolean hasHook(String hook) {
        return service.at("hooks", hook).isPresent();
    }

    private String replicas() {
        return service.scalarAt("replicas").map(Scalar::text).orElse("1");
    }

    private boolean isOrderEntry() {
        return service.scalarAt("role").filter(w -> w.text().equals("order-entry")).isPresent();
    }

    private void report(Place place, String message) {
        problems.accept(new Problem(place, message));
    }
}
