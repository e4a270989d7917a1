package dev.pitcrew.assess.kubernetes;

import dev.pitcrew.assess.Check;
import java.util.List;

/// The checks of Kubernetes objects, in the order of their codes.
public final class KubernetesChecks {
    public static final List<Check> ALL =
            List.of(
                    new LivenessAsksOthers(),
                    new TrafficBeforeReady(),
                    new FirstToBeEvicted(),
                    new DrainNeverEnds(),
                    new DrainTakesTheQuorum(),
                    new ServiceOfNobody(),
                    new OrderEntryOpenToOutside(),
                    new OrderEntryWithoutRule());

    private KubernetesChecks() {}
}
