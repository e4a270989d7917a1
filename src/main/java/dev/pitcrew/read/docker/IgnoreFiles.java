package dev.pitcrew.read.docker;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.IgnoreList;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.List;

/// `.gitignore` and `.dockerignore`, those of one Dockerfile (`api.Dockerfile.dockerignore`) as well.
public final class IgnoreFiles implements Format {
    @Override
    public String name() {
        return "ignore";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().equals(".gitignore") || file.name().endsWith(".dockerignore");
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        files.forEach(file -> found.fact(list(file)));
    }

    /// The list that a file is.
    public static IgnoreList list(SourceFile file) {
        var patterns = new ArrayList<Located<String>>();
        for (int number = 1; number <= file.lines(); number++) {
            String line = file.line(number).strip();
            if (!line.isEmpty() && !line.startsWith("#") && line.length() < 500) {
                int column = file.line(number).indexOf(line) + 1;
                patterns.add(new Located<>(line, file.place(number, column)));
            }
        }
        return new IgnoreList(
                file.name().equals(".gitignore") ? "gitignore" : "dockerignore",
                file.place(1, 1),
                file.folder(),
                patterns);
    }
}
