package dev.pitcrew.runtime.docker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an image is to be built of.
///
/// @param context the folder that is sent, but for what its `.dockerignore` names
/// @param dockerfile in the context
/// @param target the stage that is built; empty: the last one
/// @param args arguments of the build; no secrets, they stay in the image
/// @param names what the image is called then, the first for certain
/// @param labels of the image
public record BuildOrder(
        Path context,
        Path dockerfile,
        Optional<String> target,
        Map<String, String> args,
        List<String> names,
        Map<String, String> labels) {
    public BuildOrder {
        args = Map.copyOf(args);
        names = List.copyOf(names);
        labels = Map.copyOf(labels);
    }
}
