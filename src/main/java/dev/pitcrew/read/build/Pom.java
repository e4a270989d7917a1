package dev.pitcrew.read.build;

import dev.pitcrew.model.infra.Dependency;
import dev.pitcrew.model.infra.Dependency.Pinning;
import dev.pitcrew.read.survey.Format;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.util.List;
import java.util.regex.Pattern;

/// Maven's pom.xml, as far as its dependencies go. XML proper isn't read, so that no entity is ever resolved.
public final class Pom implements Format {
    private static final Pattern TAG =
            Pattern.compile("<(groupId|artifactId|version)>\\s*([^<]{1,200}?)\\s*</");

    @Override
    public String name() {
        return "pom";
    }

    @Override
    public boolean claims(SourceFile file) {
        return file.name().equals("pom.xml");
    }

    @Override
    public boolean readsEachAlone() {
        return true;
    }

    @Override
    public void read(List<SourceFile> files, Sources sources, Found found) {
        for (SourceFile file : files) {
            int at = 0;
            while ((at = file.text().indexOf("<dependency>", at)) >= 0) {
                int end = file.text().indexOf("</dependency>", at);
                if (end < 0) {
                    break;
                }
                if (end - at < 5000) {
                    dependency(file, at, file.text().substring(at, end), found);
                }
                at = end;
            }
        }
    }

    private void dependency(SourceFile file, int at, String text, Found found) {
        String group = "";
        String artifact = "";
        String version = "";
        String bare = text.replaceAll("(?s)<exclusions>.*?</exclusions>", "");
        var tag = TAG.matcher(bare);
        while (tag.find()) {
            switch (tag.group(1)) {
                case "groupId" -> group = tag.group(2);
                case "artifactId" -> artifact = tag.group(2);
                default -> version = tag.group(2);
            }
        }
        if (!artifact.isEmpty()) {
            found.fact(
                    new Dependency(
                            name(),
                            file.place(at),
                            group + ":" + artifact,
                            version,
                            pinning(version)));
        }
    }

    private static Pinning pinning(String version) {
        if (version.isEmpty() || version.contains("${")) {
            return Pinning.ELSEWHERE;
        }
        return version.matches("[\\[(].*|LATEST|RELEASE|.*-SNAPSHOT")
                ? Pinning.RANGE
                : Pinning.EXACT;
    }
}
