package dev.pitcrew.assess.whole;

import dev.pitcrew.assess.Check;
import dev.pitcrew.assess.Confidence;
import dev.pitcrew.assess.Report;
import dev.pitcrew.assess.Severity;
import dev.pitcrew.assess.Subject;
import dev.pitcrew.assess.support.Paths;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.IgnoreList;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitFile;

/// A unit that was right before somebody moved a file.
public final class UnitOfMissingFile implements Check {
    private static final Id ID =
            new Id(
                    "SYS-071",
                    "unit-of-missing-file",
                    Severity.HIGH,
                    "A unit names a script or environment file that is not where the others of the repository are");

    @Override
    public Id id() {
        return ID;
    }

    @Override
    public void look(Subject subject, Report report) {
        for (SystemdUnit unit : subject.all(SystemdUnit.class)) {
            for (UnitFile file : unit.files()) {
                if (file.isThere()
                        || Paths.isTest(unit.place())
                        || isMadeElsewhere(subject, unit, file)) {
                    continue;
                }
                report.finding(
                                file.path().place(),
                                "%s needs %s, and the repository has no %s; the start fails"
                                        .formatted(unit.name(), file.path().value(), file.inside()))
                        .about(unit)
                        .confidence(Confidence.MEDIUM);
            }
        }
    }

    /// An environment file is often made on the host: only where others like it lie in the repository it should be there, too.
    private static boolean isMadeElsewhere(Subject subject, SystemdUnit unit, UnitFile file) {
        boolean isOptional =
                unit.all("EnvironmentFile").stream()
                        .filter(one -> one.place().equals(file.path().place()))
                        .map(Located::value)
                        .anyMatch(text -> text.startsWith("-"));
        boolean isScript = file.inside().matches(".*\\.(sh|py)");
        boolean isIgnored =
                subject.all(IgnoreList.class).stream().anyMatch(one -> one.ignores(file.inside()));
        boolean hasKin =
                subject.all(Setting.class).stream()
                        .map(one -> one.place().file())
                        .anyMatch(
                                other ->
                                        Paths.folder(other).equals(Paths.folder(file.inside()))
                                                && !Paths.name(other).startsWith(".env")
                                                && !other.matches(
                                                        ".*(example|sample|template|dist)"));
        return isOptional || isIgnored || (!isScript && !hasKin);
    }
}
