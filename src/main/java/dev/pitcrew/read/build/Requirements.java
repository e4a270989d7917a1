package dev.pitcrew.read.build;

import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.List;

/// pip's requirements files. A constraints file that one names, or that lies beside it under the usual name, pins as well.
public final class Requirements implements Format {
    @Override
    public String name() {
        return "requirements";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().matches("requirements[A-Za-z0-9._-]*\\.txt")
                || file.path().matches("(.*/)?requirements/[^/]+\\.txt");
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            boolean pinned =
                    file.text().contains("-c ")
                            || file.text().contains("--constraint")
                            || sources.file(file.folder(), "constraints.txt").isPresent();
            for (int number = 1; number <= file.lines(); number++) {
                String line = file.line(number);
                if (line.isBlank() || line.stripLeading().matches("[-#].*|.*://[^#]*")) {
                    continue;
                }
                int at = number;
                int column = line.length() - line.stripLeading().length() + 1;
                PythonRequirement.of(line.replaceAll("\\\\\\s*$", ""))
                        .ifPresent(
                                one ->
                                        found.fact(
                                                new Dependency(
                                                        name(),
                                                        file.place(at, column),
                                                        one.name(),
                                                        one.version(),
                                                        pinned
                                                                ? Dependency.Pinning.EXACT
                                                                : one.pinning())));
            }
        }
    }
}
