package dev.pitcrew.read.env;

import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.List;
import java.util.regex.Pattern;

/// `.env` files and their kin.
public final class EnvFormat implements Format {
    private static final Pattern FILES =
            Pattern.compile("\\.?env([._-].*)?|.*\\.env([._-](example|sample|template|dist))?");
    private static final Pattern OTHER_FILES =
            Pattern.compile(".*\\.(py|sh|js|ts|md|yaml|yml|json|toml|ini|cfg|xml|tpl)");

    @Override
    public String name() {
        return "env";
    }

    @Override
    public boolean claims(SourceFile file) {
        return FILES.matcher(file.name()).matches() && !OTHER_FILES.matcher(file.name()).matches();
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        files.forEach(file -> EnvFile.read(file).forEach(found::fact));
    }
}
