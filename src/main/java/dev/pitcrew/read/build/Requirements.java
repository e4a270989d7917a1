package dev.pitcrew.read.build;

import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.List;
import java.util.regex.Pattern;

/// pip's requirements files. A constraints file that one names, or that lies beside it under the usual name, pins as well.
public final class Requirements implements Format {
    private static final Pattern FILE = Pattern.compile("requirements[A-Za-z0-9._-]*\\.txt");
    private static final Pattern IN_FOLDER = Pattern.compile("(.*/)?requirements/[^/]+\\.txt");
    private static final Pattern NOT_PINNED = Pattern.compile("[-#].*|.*://[^#]*");

    @Override
    public String name() {
        return "requirements";
    }

    @Override
    public boolean claims(SourceFile file) {
        return FILE.matcher(file.name()).matches() || IN_FOLDER.matcher(file.path()).matches();
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
                if (line.isBlank() || NOT_PINNED.matcher(line.stripLeading()).matches()) {
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
