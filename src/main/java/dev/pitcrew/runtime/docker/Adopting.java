package dev.pitcrew.runtime.docker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.pitcrew.runtime.docker.AdoptedFile.Adopted;
import dev.pitcrew.runtime.docker.EngineAnswer.Got;
import dev.pitcrew.runtime.process.AdoptSpec;
import dev.pitcrew.runtime.process.Started;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// Takes over containers that somebody else started: each is written down, and then the engine is told to start it no more by itself. Nothing else
/// of it is changed.
final class Adopting {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String NO = "no";
    private static final JsonMapper JSON = new JsonMapper();

    private final Engine engine;
    private final Ours ours;
    private final Kernel kernel;

    Adopting(Engine engine, Ours ours, Kernel kernel) {
        this.engine = engine;
        this.ours = ours;
        this.kernel = kernel;
    }

    Started adopt(AdoptSpec spec) {
        if (!(engine.container(spec.container()) instanceof Got<Container>(var found))) {
            return refused(spec, engine.container(spec.container()).why());
        }
        if (ours.owner().owns(found)) {
            return refused(spec, found.name() + " was started from here");
        }
        if (!found.state().status().equals("running")) {
            return refused(spec, found.name() + " is " + found.state().status());
        }
        // Written first: a container whose policy is no and that nobody knows is in nobody's
        // keeping.
        try {
            ours.adopted()
                    .put(
                            spec.instance(),
                            new Adopted(
                                    found.id(),
                                    spec.service(),
                                    spec.version(),
                                    Published.ports(found, spec.inside(), ours.address()),
                                    Published.host(found, spec.inside(), ours.address())));
        } catch (IOException e) {
            return refused(spec, "it can't be written down: " + e.getMessage());
        }
        if (!found.restart().policy().equals(NO)) {
            var told =
                    engine.call(
                            LIMIT,
                            client ->
                                    client.updateContainerCmd(found.id())
                                            .withRestartPolicy(never())
                                            .exec());
            if (!(told instanceof Got<?>)) {
                return refused(spec, "its restart policy can't be changed: " + told.why());
            }
        }
        if (!(engine.container(found.id()) instanceof Got<Container>(var now))) {
            return refused(spec, "the engine does not say how it is");
        }
        if (!now.state().lives()) {
            return refused(spec, now.name() + " has ended");
        }
        return now.restart().policy().equals(NO)
                ? new Started.Runs(now.state().pid(), kernel.ticks(now), true)
                : refused(spec, "its restart policy is still " + now.restart().policy());
    }

    /// By name: docker-java's own says none, which for the engine means that it is to stay as it is.
    private static RestartPolicy never() {
        return JSON.convertValue(Map.of("Name", NO), RestartPolicy.class);
    }

    private static Started refused(AdoptSpec spec, String why) {
        return new Started.Refused(
                "container %s can't be taken over as %s: %s"
                        .formatted(spec.container(), spec.instance(), why));
    }
}
