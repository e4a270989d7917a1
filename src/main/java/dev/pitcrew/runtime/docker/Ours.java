package dev.pitcrew.runtime.docker;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.docker.AdoptedFile.Adopted;
import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which containers of an engine are an owner's, and which instance each is: those that he made say so in their labels, those that he took over
/// are written down.
///
/// @param address under which others reach what he made
record Ours(Owner owner, AdoptedFile adopted, String address) {

    /// What the engine knows an instance's container by.
    String reference(String instance) {
        return adopted.of(instance).map(Adopted::container).orElseGet(() -> owner.name(instance));
    }

    boolean owns(Container one) {
        return owner.owns(one) || adopted.instance(one.id()).isPresent();
    }

    /// What an instance is.
    ///
    /// @param host the address of its ports
    record Identity(
            String instance,
            String service,
            String version,
            Map<String, Integer> ports,
            String host) {}

    /// @param one which is ours
    Identity identity(Container one) {
        var instance = adopted.instance(one.id());
        var taken = instance.flatMap(adopted::of);
        if (taken.isPresent()) {
            var it = taken.get();
            return new Identity(instance.get(), it.service(), it.version(), it.ports(), it.host());
        }
        var labels = one.labels();
        return new Identity(
                labels.getOrDefault(Owner.INSTANCE, ""),
                labels.getOrDefault(Owner.SERVICE, ""),
                labels.getOrDefault(Owner.VERSION, ""),
                Owner.ports(one),
                address);
    }

    /// Which instance an event of the engine is about; empty when it is none of ours.
    ///
    /// @param labels of the container
    Optional<String> instance(String container, Map<String, String> labels) {
        return adopted.instance(container)
                .or(
                        () ->
                                Optional.ofNullable(labels.get(Owner.INSTANCE))
                                        .filter(
                                                _ ->
                                                        labels.entrySet()
                                                                .containsAll(
                                                                        owner.labels()
                                                                                .entrySet())));
    }

    /// The ids of all of them.
    EngineAnswer<List<String>> ids(Engine engine) {
        var labelled = engine.containers(owner.labels());
        if (!(labelled instanceof Got<List<String>>(var ids)) || adopted.all().isEmpty()) {
            return labelled;
        }
        var all = new ArrayList<>(ids);
        adopted.all().values().stream()
                .map(Adopted::container)
                .filter(id -> !ids.contains(id))
                .forEach(all::add);
        return new Got<>(List.copyOf(all));
    }

    /// Its container is removed; one that was taken over is not known any more.
    void forget(String instance) {
        try {
            adopted.remove(instance);
        } catch (IOException e) {
            throw new OperationFailed(
                    Code.FILE_UNUSABLE,
                    instance + " can't be taken off the list of what was taken over",
                    e);
        }
    }
}
