package dev.pitcrew.read.compose;

import dev.pitcrew.model.Located;
import java.util.List;
import java.util.Optional;

/// Which Compose project is meant.
///
/// @param files as they are named; one alone brings its override along, as `docker compose up` does
/// @param areAll whether just these files are meant, as with `-f`
/// @param profiles those that are active; empty: what `COMPOSE_PROFILES` in `.env` says
/// @param project its name; empty: what the files, `.env` or the folder say
/// @param without services that are left to Compose
public record ComposeRequest(
        List<Located<String>> files,
        boolean areAll,
        List<Located<String>> profiles,
        Optional<String> project,
        List<Located<String>> without) {
    public ComposeRequest {
        files = List.copyOf(files);
        profiles = List.copyOf(profiles);
        without = List.copyOf(without);
    }
}
