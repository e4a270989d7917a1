package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;
import java.util.List;
import java.util.Map;

/// A name under which pods are reached: a Service of Kubernetes.
///
/// @param format such as `kubernetes`
/// @param name of the object
/// @param namespace empty when none is said
/// @param place of its name
/// @param kind `ClusterIP`, `Headless`, `NodePort`, `LoadBalancer`, `ExternalName`
/// @param selector labels of the pods; empty when it has none
/// @param ports in order
/// @param isInternal whether an annotation keeps its balancer inside the own network, or a list says which addresses it lets in
public record Endpoint(
        String format,
        String name,
        String namespace,
        Place place,
        String kind,
        Map<String, String> selector,
        List<Port> ports,
        boolean isInternal)
        implements InfraFact {
    public Endpoint {
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
    }

    /// A port.
    ///
    /// @param name empty when it has none
    /// @param target the pod's port, a number or a name
    public record Port(Place place, String name, int number, String target) {}

    /// Whether its selector takes the workload's pods, in namespaces that may be the same.
    public boolean selects(Workload workload) {
        return !selector.isEmpty()
                && (namespace.isEmpty()
                        || workload.namespace().isEmpty()
                        || namespace.equals(workload.namespace()))
                && isIn(workload.labels());
    }

    /// Asked of each pair of a name and a workload.
    private boolean isIn(Map<String, String> labels) {
        for (var one : selector.entrySet()) {
            if (!one.getValue().equals(labels.get(one.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
