package dev.pitcrew.read.shell;

import dev.pitcrew.model.infra.Script;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.List;

/// Shell scripts: files that end so, or that say so in their first line.
public final class ShellScripts implements Format {
    @Override
    public String name() {
        return "shell";
    }

    @Override
    public boolean claims(SourceFile file) {
        String name = file.name();
        return name.endsWith(".sh")
                || name.endsWith(".bash")
                || (!name.contains(".")
                        && file.line(1).matches("#!.{0,100}\\b(ba|da|a|z|k)?sh\\b.{0,100}"));
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            String first = file.line(1);
            String interpreter = first.startsWith("#!") ? first.substring(2).strip() : "";
            found.fact(
                    new Script(
                            file.place(1, 1), interpreter, Shell.parse(file.text(), file::place)));
        }
    }
}
