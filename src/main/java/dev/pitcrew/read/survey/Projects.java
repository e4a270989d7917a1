package dev.pitcrew.read.survey;

import dev.pitcrew.model.infra.IgnoreList;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Script;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.model.infra.Survey.SurveyedFile;
import dev.pitcrew.read.survey.Project.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Tells which of the systems in a repository a file belongs to. An alert in one example has nothing to do with the metrics of another, and neither has with the repository's own system.
///
/// Each folder in one called `examples` or `samples` stands for itself, so does a folder of tests or docs, and so does each folder of many that lie side by side with a Compose file of their own, and each of many Helm charts.
public final class Projects {
    private static final Pattern EXAMPLES = Pattern.compile("(?i)examples?|samples?|tutorials?");
    private static final Pattern DOCS = Pattern.compile("(?i)docs?|documentation");
    private static final Pattern TESTS =
            Pattern.compile("(?i)tests?|testing|e2e|integration[_-]tests?|__tests__|spec|mocks?");
    private static final Pattern TEST_DATA =
            Pattern.compile(
                    "(?i)(.*/)?((testdata|test[_-]data|fixtures?|__fixtures__|__snapshots__)/.*|tests?/(.*/)?(fuzz|corpus|golden|snapshots?|expected|resources|data)/.*)");
    private static final Pattern COMPOSE = Pattern.compile("(docker-)?compose\\.ya?ml");
    private static final int MANY = 5;

    private final Set<String> sideBySide;

    private Projects(Set<String> sideBySide) {
        this.sideBySide = sideBySide;
    }

    /// Whether a file is there for tests to read, so that what stands in it is no system: its faults are deliberate, or are the point of it.
    ///
    /// @param path relative to the repository
    public static boolean isTestData(String path) {
        return TEST_DATA.matcher(path).matches();
    }

    /// The systems of a repository, its own first, the others in the order of their folders.
    public static List<Project> of(Survey survey) {
        var projects = new Projects(sideBySide(survey.files()));
        var files = new TreeMap<String, List<SurveyedFile>>();
        var facts = new HashMap<String, List<InfraFact>>();
        var kinds = new HashMap<String, Kind>(Map.of("", Kind.OWN));
        files.put("", new ArrayList<>());
        var homes = new HashMap<String, Home>();
        for (SurveyedFile file : survey.files()) {
            var home = homes.computeIfAbsent(file.path(), projects::home);
            files.computeIfAbsent(home.root(), _ -> new ArrayList<>()).add(file);
            kinds.put(home.root(), home.kind());
        }
        for (InfraFact fact : survey.facts()) {
            var home = homes.computeIfAbsent(fact.place().file(), projects::home);
            facts.computeIfAbsent(home.root(), _ -> new ArrayList<>()).add(fact);
        }
        var shared = facts.getOrDefault("", List.of()).stream().filter(Projects::isShared).toList();
        var borrowed = shared.stream().map(fact -> fact.place().file()).collect(Collectors.toSet());
        var found = new ArrayList<Project>();
        files.forEach(
                (root, own) -> {
                    var all = new ArrayList<InfraFact>(root.isEmpty() ? List.of() : shared);
                    all.addAll(facts.getOrDefault(root, List.of()));
                    found.add(
                            new Project(
                                    root,
                                    kinds.getOrDefault(root, Kind.OWN),
                                    new Survey(own, all, List.of(), List.of(), 0),
                                    root.isEmpty() ? Set.of() : borrowed));
                });
        return found;
    }

    /// What an example may be built from, and what leaves its files out.
    private static boolean isShared(InfraFact fact) {
        return fact instanceof IgnoreList || fact instanceof ImageBuild || fact instanceof Script;
    }

    private record Home(String root, Kind kind) {}

    private Home home(String path) {
        String[] names = path.split("/", -1);
        int folders = names.length - 1;
        for (int i = 0; i < folders; i++) {
            if (EXAMPLES.matcher(names[i]).matches()) {
                return new Home(first(names, Math.min(i + 2, folders)), Kind.EXAMPLE);
            }
            if (TESTS.matcher(names[i]).matches()) {
                return new Home(first(names, i + 1), Kind.TEST);
            }
            if (DOCS.matcher(names[i]).matches()) {
                return new Home(first(names, i + 1), Kind.EXAMPLE);
            }
        }
        for (int i = folders; i > 0; i--) {
            String folder = first(names, i);
            if (sideBySide.contains(folder)) {
                return new Home(folder, Kind.ONE_OF_MANY);
            }
        }
        return new Home("", Kind.OWN);
    }

    private static String first(String[] names, int count) {
        return String.join("/", List.of(names).subList(0, count));
    }

    /// Folders with a Compose file, or Helm charts, of which many lie in one that is none.
    private static Set<String> sideBySide(List<SurveyedFile> files) {
        var composed = new HashSet<String>();
        var charts = new HashSet<String>();
        for (SurveyedFile file : files) {
            int slash = file.path().lastIndexOf('/');
            if (COMPOSE.matcher(file.path().substring(slash + 1)).matches()) {
                composed.add(slash < 0 ? "" : file.path().substring(0, slash));
            }
            int templates = file.path().indexOf("/templates/");
            if (templates > 0 && file.format().equals("kubernetes")) {
                charts.add(file.path().substring(0, templates));
            }
        }
        var found = many(composed);
        found.addAll(many(charts));
        return found;
    }

    private static Set<String> many(Set<String> folders) {
        var children = new HashMap<String, Set<String>>();
        for (String folder : folders) {
            if (!folder.isEmpty()) {
                int slash = folder.lastIndexOf('/');
                String parent = slash < 0 ? "" : folder.substring(0, slash);
                children.computeIfAbsent(parent, _ -> new HashSet<>()).add(folder);
            }
        }
        var found = new HashSet<String>();
        children.forEach(
                (parent, all) -> {
                    if (all.size() >= MANY && !folders.contains(parent)) {
                        found.addAll(all);
                    }
                });
        return found;
    }
}
