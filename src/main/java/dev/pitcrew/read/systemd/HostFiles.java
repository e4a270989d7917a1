package dev.pitcrew.read.systemd;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.model.infra.SystemdUnit;
import dev.pitcrew.model.infra.SystemdUnit.UnitFile;
import dev.pitcrew.read.survey.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Where the repository lies on the host, told by the files of it that units name.
final class HostFiles {
    /// Folder of the host, with a slash at its end, to folder of the repository.
    private final TreeMap<String, String> roots = new TreeMap<>();

    private final Sources sources;

    private HostFiles(Sources sources) {
        this.sources = sources;
    }

    static HostFiles of(List<SystemdUnit> units, Sources sources) {
        var host = new HostFiles(sources);
        units.forEach(unit -> named(unit).forEach(path -> host.learn(path.value())));
        return host;
    }

    /// The scripts and environment files that a unit names, with their folder where that is known.
    static List<Located<String>> named(SystemdUnit unit) {
        var paths = new ArrayList<Located<String>>();
        String folder = unit.last("WorkingDirectory").map(Located::value).orElse("");
        for (Located<String> file : unit.all("EnvironmentFile")) {
            paths.add(file.as(file.value().replaceFirst("^-", "")));
        }
        for (ShellCommand command :
                unit.commands("ExecStartPre", "ExecStart", "ExecStop", "ExecStopPost")) {
            for (Located<String> word : command.words()) {
                if (word.value().matches("[^\\s=]{1,300}\\.(sh|py)")) {
                    boolean isWhole = word.value().startsWith("/") || folder.isEmpty();
                    paths.add(isWhole ? word : word.as(folder + "/" + word.value()));
                }
            }
        }
        paths.removeIf(path -> !path.value().matches("/[^{}$%*?<>\\s]+"));
        return paths;
    }

    private void learn(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String inside = path.substring(slash + 1);
            if (sources.file(inside).isPresent()) {
                roots.putIfAbsent(path.substring(0, slash + 1), "");
                return;
            }
        }
    }

    /// The file of the repository that a path means; empty when that can't be told.
    Optional<UnitFile> find(Located<String> path) {
        return roots.keySet().stream()
                .filter(path.value()::startsWith)
                .findFirst()
                .map(root -> path.value().substring(root.length()))
                .map(inside -> new UnitFile(path, inside, sources.file(inside).isPresent()));
    }
}
