package dev.pitcrew.assess.image;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import java.util.regex.Pattern;

/// A secret goes into the image as a build argument, and stays in its history.
public final class SecretInBuildArgument implements Check {
    @Override
    public Id id() {
        return new Id(
                "IMG-003",
                "secret-in-build-argument",
                Severity.HIGH,
                "A secret goes into the image as a build argument, and stays in its history");
    }

    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i)(.*_)?(TOKEN|PASSWORD|PASSWD|API_?SECRET|SECRET|SECRET_?KEY|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|MNEMONIC)");
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "(?i).*(public|dummy|changeme|placeholder|build|test|example|insecure|fake|unused|none).*");

    @Override
    public void look(Subject subject, Report report) {
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            if (Paths.isTest(build.place())) {
                continue;
            }
            for (Instruction one : build.lineage()) {
                if (one.is("ARG")) {
                    one.words().forEach(word -> look(build, word, report));
                }
            }
        }
    }

    private static void look(ImageBuild build, Located<String> word, Report report) {
        String name = word.value().replaceAll("(?s)=.*", "");
        if (!SECRET.matcher(name).matches() || HARMLESS.matcher(word.value()).matches()) {
            return;
        }
        var finding =
                report.finding(
                        word.place(),
                        "whoever can pull the image reads %s with docker history".formatted(name));
        for (Instruction other : build.lineage()) {
            if (other.is("ENV") && other.text().matches("(?s).*\\$\\{?" + name + "\\b.*")) {
                finding.also(other.place(), "and it becomes part of every container here");
            }
        }
    }
}
