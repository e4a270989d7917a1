package dev.pitcrew.assess.image;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.IgnoreList;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import dev.pitcrew.model.infra.Survey.SurveyedFile;
import java.util.Optional;
import java.util.regex.Pattern;

/// The whole folder is copied into the image, with the file of secrets that lies in it.
public final class SecretsCopiedWithContext implements Check {
    @Override
    public Id id() {
        return new Id(
                "IMG-005",
                "secrets-copied-with-context",
                Severity.HIGH,
                "The whole folder is copied into the image, with the file of secrets that lies in it");
    }

    private static final Pattern SECRETS =
            Pattern.compile("(\\.env(\\.(prod|production|live|local))?|.*\\.key|id_(rsa|ed25519))");

    @Override
    public void look(Subject subject, Report report) {
        for (ImageBuild build : subject.all(ImageBuild.class)) {
            String folder = Paths.folder(build.place().file());
            var copy =
                    build.lineage().stream()
                            .filter(SecretsCopiedWithContext::copiesAll)
                            .findFirst();
            if (copy.isEmpty() || Paths.isTest(build.place())) {
                continue;
            }
            String prefix = folder.isEmpty() ? "" : folder + "/";
            var there =
                    subject.survey().files().stream()
                            .map(SurveyedFile::path)
                            .filter(path -> path.startsWith(prefix))
                            .filter(path -> SECRETS.matcher(Paths.name(path)).matches())
                            .filter(path -> !isLeftOut(subject, folder, path))
                            .findFirst();
            if (there.isPresent()) {
                report.finding(
                        copy.get().place(),
                        "%s becomes part of the image, because no .dockerignore leaves it out"
                                .formatted(there.get()));
            } else {
                expected(subject, folder, prefix + ".env")
                        .ifPresent(
                                because ->
                                        report.finding(
                                                        copy.get().place(),
                                                        "the .env of whoever builds becomes part of the image, because no .dockerignore leaves it out")
                                                .also(because, "git leaves it out, so it is there")
                                                .confidence(Confidence.MEDIUM));
            }
        }
    }

    private static boolean copiesAll(Instruction one) {
        return (one.is("COPY") || one.is("ADD"))
                && one.flag("from").isEmpty()
                && one.words().size() == 2
                && one.words().getFirst().value().matches("\\.|\\./|\\*|\\./\\*");
    }

    private static boolean isLeftOut(Subject subject, String folder, String path) {
        return subject.all(IgnoreList.class).stream()
                .filter(one -> one.format().equals("dockerignore"))
                .filter(one -> one.folder().equals(folder) || one.folder().isEmpty())
                .anyMatch(one -> one.ignores(path));
    }

    /// Where git is told of a `.env` that a template beside it says how to fill.
    private static Optional<Place> expected(Subject subject, String folder, String path) {
        boolean hasTemplate =
                subject.survey().files().stream()
                        .map(SurveyedFile::path)
                        .anyMatch(
                                file ->
                                        Paths.folder(file).equals(folder)
                                                && Paths.name(file)
                                                        .matches(
                                                                "\\.?env\\.(example|sample|template|dist)|\\.?(example|sample)\\.env"));
        return !hasTemplate || isLeftOut(subject, folder, path)
                ? Optional.empty()
                : subject.all(IgnoreList.class).stream()
                        .filter(one -> one.format().equals("gitignore") && one.ignores(path))
                        .map(IgnoreList::place)
                        .findFirst();
    }
}
