package dev.pitcrew.read.build;

import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.model.infra.Dependency.Pinning;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.util.List;

/// Node's package.json.
public final class PackageJson implements Format {
    @Override
    public String name() {
        return "package-json";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().equals("package.json");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            boolean locked = LockFiles.pinNode(file, sources);
            var parsed = file.document();
            parsed.problems().forEach(problem -> found.problem(problem.place(), problem.message()));
            parsed.root().stream()
                    .flatMap(root -> root.entriesAt("dependencies").stream())
                    .forEach(
                            entry -> {
                                if (entry.value() instanceof Scalar version) {
                                    found.fact(
                                            new Dependency(
                                                    name(),
                                                    entry.key().place(),
                                                    entry.name(),
                                                    version.text(),
                                                    locked
                                                            ? Pinning.EXACT
                                                            : pinning(version.text())));
                                }
                            });
        }
    }

    private static Pinning pinning(String version) {
        if (version.isEmpty() || version.equals("*") || version.equals("latest")) {
            return Pinning.NONE;
        }
        return version.matches("[0-9][0-9A-Za-z.+-]*") ? Pinning.EXACT : Pinning.RANGE;
    }
}
