package dev.pitcrew.runtime;

import dev.pitcrew.model.ContainerSpec;
import dev.pitcrew.model.ContainerSpec.Build;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.model.Service;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.model.Version;
import dev.pitcrew.runtime.docker.BuildOrder;
import dev.pitcrew.runtime.docker.BuiltImages;
import dev.pitcrew.runtime.docker.ImageMaking;
import dev.pitcrew.runtime.docker.ImageMaking.Login;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Brings the images of versions onto the engine, or onto those of all hosts: what has a `build` is built, all else is pulled.
public final class ImageMaker {
    private static final String PASSWORD = "password";

    private final TradingSystem system;
    private final ImageNames names;
    private final List<ImageMaking> engines;
    private final Secrets secrets;

    /// How an image came to be there.
    public enum How {
        BUILT,
        PULLED,
        THERE
    }

    /// The image of a version.
    ///
    /// @param image its name
    /// @param id its digest, `sha256:…`
    public record Made(String service, String version, String image, String id, How how) {}

    /// @param engines of all hosts
    ImageMaker(TradingSystem system, ImageNames names, List<ImageMaking> engines, Secrets secrets) {
        this.system = system;
        this.names = names;
        this.engines = List.copyOf(engines);
        this.secrets = secrets;
    }

    /// Makes the image of a version be there. A build is done again, which is quick when nothing changed; a pull only when the image is not there.
    ///
    /// @param isAgain whether to pull what is there already, since its name may mean another image by now
    /// @throws IllegalArgumentException when it can't be told what to build or pull
    /// @throws OperationFailed when that fails
    public Made make(String name, Version version, boolean isAgain) {
        var service = system.service(name).at(version);
        var container = ImageNames.container(service);
        var image = names.all(service, version).getLast();
        if (container.build().isPresent()) {
            if (engines.size() > 1) {
                throw new IllegalArgumentException(
                        "%s: each of %d hosts would build another image of %s; build it once, then `docker save`, and `docker load` on each"
                                .formatted(service.place(), engines.size(), name));
            }
            var id = engines.getFirst().build(order(service, version, container.build().get()));
            return new Made(name, version.name(), image, id, How.BUILT);
        }
        var there = isAgain ? Optional.<String>empty() : names.id(service, version);
        return there.map(id -> new Made(name, version.name(), image, id, How.THERE))
                .orElseGet(
                        () ->
                                new Made(
                                        name,
                                        version.name(),
                                        image,
                                        pull(image, login(container, version)),
                                        How.PULLED));
    }

    private String pull(String image, Optional<Login> login) {
        return engines.stream().map(one -> one.pull(image, login)).toList().getFirst();
    }

    private BuildOrder order(Service service, Version version, Build build) {
        var values = names.values(version);
        var context = system.folder().resolve(build.context().fill(values)).normalize();
        var args = new TreeMap<String, String>();
        build.args().forEach((key, value) -> args.put(key, value.fill(values)));
        var all = names.all(service, version);
        return new BuildOrder(
                context,
                context.resolve(build.dockerfile()).normalize(),
                build.target(),
                args,
                all,
                BuiltImages.labels(system.name(), service.name(), version.name(), all));
    }

    private Optional<Login> login(ContainerSpec container, Version version) {
        if (container.login().isEmpty()) {
            return Optional.empty();
        }
        var declared = container.login().get();
        try {
            var fetched =
                    secrets.fetch(Map.of(PASSWORD, declared.password()), names.values(version));
            return Optional.of(new Login(declared.user(), fetched.getOrDefault(PASSWORD, "")));
        } catch (IOException e) {
            throw new OperationFailed(Code.NOT_PULLED, "login: " + e.getMessage(), e);
        }
    }
}
