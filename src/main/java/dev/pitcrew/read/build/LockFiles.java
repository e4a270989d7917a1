package dev.pitcrew.read.build;

import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.List;

/// Files that pin what another one leaves open.
final class LockFiles {
    private static final List<String> PYTHON =
            List.of("poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "pixi.lock");
    private static final List<String> NODE =
            List.of(
                    "package-lock.json",
                    "npm-shrinkwrap.json",
                    "yarn.lock",
                    "pnpm-lock.yaml",
                    "bun.lock");

    private LockFiles() {}

    static boolean pinPython(SourceFile file, Sources sources) {
        return lies(file, sources, PYTHON);
    }

    static boolean pinNode(SourceFile file, Sources sources) {
        return lies(file, sources, NODE);
    }

    /// Beside the file, or at the top for a workspace.
    private static boolean lies(SourceFile file, Sources sources, List<String> names) {
        return names.stream()
                .anyMatch(
                        name ->
                                sources.file(file.folder(), name).isPresent()
                                        || sources.file(name).isPresent());
    }
}
