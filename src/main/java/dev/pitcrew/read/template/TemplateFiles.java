package dev.pitcrew.read.template;

import dev.pitcrew.model.infra.TemplateFile;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.List;
import java.util.regex.Pattern;

/// Files whose ending says that a machine fills them in: `.tmpl`, `.template`, `.j2`. What people copy by hand (`.example`) is left out.
public final class TemplateFiles implements Format {
    private static final Pattern ENDING = Pattern.compile("(.+\\.[A-Za-z]+)\\.(tmpl|template|j2)");
    private static final int TEMPLATES_MAX = 30;

    @Override
    public String name() {
        return "template";
    }

    @Override
    public boolean claims(SourceFile file) {
        return ENDING.matcher(file.name()).matches();
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files.stream().limit(TEMPLATES_MAX).toList()) {
            String makes = file.path().substring(0, file.path().lastIndexOf('.'));
            boolean isNamed =
                    sources.all().stream()
                            .anyMatch(
                                    other ->
                                            !other.path().equals(file.path())
                                                    && isSaid(other.text(), file.name()));
            found.fact(
                    new TemplateFile(
                            file.place(1, 1), makes, sources.file(makes).isPresent(), isNamed));
        }
    }

    /// By its name, or as one of all such files.
    private static boolean isSaid(String text, String name) {
        return text.contains(name) || text.contains("*" + name.substring(name.lastIndexOf('.')));
    }
}
