package dev.pitcrew.assess.support;

import dev.pitcrew.assess.Subject;
import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.SystemdUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which commands dump a database, and what else the repository says of backups.
public final class Backups {
    private static final Set<String> DUMPS =
            Set.of(
                    "pg_dump",
                    "pg_dumpall",
                    "pg_basebackup",
                    "mysqldump",
                    "mariadb-dump",
                    "mongodump");

    private Backups() {}

    /// The tool that a command dumps a database with, also by way of `docker exec`.
    public static Optional<String> dump(ShellCommand one) {
        return one.words().stream()
                .map(Located::value)
                .map(Paths::name)
                .filter(DUMPS::contains)
                .findFirst();
    }

    /// The scripts that make backups, by their name and by what they do.
    public static List<Script> scripts(Subject subject) {
        return subject.all(Script.class).stream()
                .filter(one -> !Paths.isTest(one.place()))
                .filter(one -> Paths.name(one.place().file()).matches("(?i).*(backup|dump).*"))
                .filter(one -> one.commands().stream().anyMatch(each -> dump(each).isPresent()))
                .toList();
    }

    /// What scripts and jobs of pipelines do, in words, with the names of both.
    public static Stream<String> run(Subject subject) {
        var scripts =
                subject.all(Script.class).stream()
                        .flatMap(
                                one ->
                                        Stream.concat(
                                                Stream.of(one.place().file()),
                                                one.commands().stream().map(ShellCommand::text)));
        var jobs =
                subject.all(Pipeline.class).stream()
                        .flatMap(one -> one.jobs().stream())
                        .flatMap(
                                one ->
                                        Stream.concat(
                                                Stream.of(one.name()),
                                                one.commands().stream().map(ShellCommand::text)));
        return Stream.concat(scripts, jobs);
    }

    /// All that the repository runs, in words: commands, jobs, containers, units, each with the file that it stands in.
    public static Stream<String> said(Subject subject) {
        var containers =
                subject.all(Container.class).stream()
                        .flatMap(
                                one ->
                                        Stream.of(
                                                        Stream.of(one.name()),
                                                        one.image().stream().map(Located::value),
                                                        one.command().stream().map(Located::value))
                                                .flatMap(all -> all));
        var units =
                subject.all(SystemdUnit.class).stream()
                        .flatMap(
                                one ->
                                        Stream.concat(
                                                Stream.of(one.name()),
                                                one.runs().stream()
                                                        .flatMap(run -> run.commands().stream())
                                                        .map(ShellCommand::text)));
        return Stream.of(run(subject), containers, units)
                .flatMap(all -> all)
                .filter(text -> text.length() < 4000);
    }
}
