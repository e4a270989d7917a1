package dev.pitcrew.read.compose;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.Duty;
import dev.pitcrew.model.infra.InfraFact;
import dev.pitcrew.model.infra.Setting;
import dev.pitcrew.read.Nearest;
import dev.pitcrew.read.SecretRules;
import dev.pitcrew.read.env.EnvFile;
import dev.pitcrew.read.survey.Duties;
import dev.pitcrew.read.survey.Found;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Entry;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.Node.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Compose project that is meant as a whole, read strictly: what it names and isn't there is a problem.
public final class ComposeProject {
    private final DiskFiles disk;
    private final ComposeRequest request;
    private final Consumer<Problem> problems;
    private final List<SourceFile> files;
    private final String folder;
    private final Mapping root;
    private final Map<String, Setting> variables;
    private final Set<String> profiles;

    private ComposeProject(
            DiskFiles disk,
            ComposeRequest request,
            List<SourceFile> files,
            Consumer<Problem> problems) {
        this.disk = disk;
        this.request = request;
        this.problems = problems;
        this.files = files;
        this.folder = files.getFirst().folder();
        this.root = new Layers(disk.sources(), found(), true).merged(files);
        this.variables = env(disk, folder);
        this.profiles = profiles();
    }

    /// The project, unless not one of its files can be read.
    ///
    /// @param systemFile from whose folder paths count; problems are shown as seen from there
    /// @param problems takes what is wrong
    public static Optional<ComposeProject> read(
            Path systemFile, ComposeRequest request, Consumer<Problem> problems) {
        var disk = DiskFiles.from(systemFile);
        var files = new ArrayList<SourceFile>();
        for (Located<String> named : request.files()) {
            disk.sources()
                    .file(disk.path(named.value()))
                    .ifPresentOrElse(
                            files::add,
                            () ->
                                    problems.accept(
                                            new Problem(named.place(), missing(disk, named))));
        }
        if (files.size() != request.files().size()) {
            return Optional.empty();
        }
        if (!request.areAll()) {
            override(disk, files.getFirst()).ifPresent(files::add);
        }
        var project = new ComposeProject(disk, request, files, problems);
        new ProjectRules(project).check();
        return Optional.of(project);
    }

    private static String missing(DiskFiles disk, Located<String> named) {
        var path = disk.folder().resolve(named.value()).normalize();
        var folder = path.getParent();
        List<String> beside = List.of();
        if (folder != null && Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                beside =
                        all.map(one -> String.valueOf(one.getFileName()))
                                .filter(name -> name.matches("(?i).*compose.*\\.ya?ml"))
                                .sorted()
                                .toList();
            } catch (IOException _) { // then nothing is near
            }
        }
        return "there is no file %s%s"
                .formatted(
                        named.value(),
                        Nearest.hint(String.valueOf(path.getFileName()), beside)
                                .replace("known here", "in its folder"));
    }

    private static Optional<SourceFile> override(DiskFiles disk, SourceFile base) {
        return Stream.of("yml", "yaml")
                .map(end -> base.path().replaceFirst("\\.ya?ml$", ".override." + end))
                .filter(path -> !path.equals(base.path()))
                .flatMap(path -> disk.sources().file(path).stream())
                .findFirst();
    }

    private static Map<String, Setting> env(DiskFiles disk, String folder) {
        return disk.sources().file(folder, ".env").map(EnvFile::read).stream()
                .flatMap(List::stream)
                .collect(
                        Collectors.toMap(
                                Setting::name, one -> one, (_, last) -> last, LinkedHashMap::new));
    }

    private Set<String> profiles() {
        if (!request.profiles().isEmpty()) {
            return request.profiles().stream().map(Located::value).collect(Collectors.toSet());
        }
        var named = Optional.ofNullable(variables.get("COMPOSE_PROFILES"));
        return named.map(one -> Set.of(one.value().value().split(",", -1))).orElse(Set.of());
    }

    /// The name by which its containers are labelled.
    public String name() {
        var name =
                request.project()
                        .or(
                                () ->
                                        Optional.ofNullable(variables.get("COMPOSE_PROJECT_NAME"))
                                                .map(one -> one.value().value()))
                        .or(() -> root.scalarAt("name").map(one -> plain().fill(one.text())))
                        .orElse(folder.substring(folder.lastIndexOf('/') + 1));
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceAll("^[_-]+", "");
    }

    /// The names of the services that are meant: neither left out nor of a profile that isn't active.
    public List<String> services() {
        return entries().map(Entry::name).toList();
    }

    /// Its containers as facts, with values as Compose fills them in: they hold secrets.
    ///
    /// @param environment of whoever starts it, over its `.env`
    public List<Container> containers(Map<String, String> environment) {
        var values = new LinkedHashMap<String, String>();
        variables.forEach((name, one) -> values.put(name, one.value().value()));
        values.putAll(environment);
        var maker = maker();
        return entries()
                .map(one -> maker.container(service(one, new Interpolation(values)), found()))
                .toList();
    }

    /// What a system file calls a service of Compose.
    public static String systemName(String service) {
        return SystemTree.name(service);
    }

    /// What a service seems to do, by the name that a system file gives it.
    public Duty duty(String name) {
        return containers(Map.of()).stream()
                .filter(one -> SystemTree.name(one.name()).equals(name))
                .findFirst()
                .map(Duties::duty)
                .orElse(Duty.OTHER);
    }

    /// What a service says at a path of keys, filled in but for secrets, with its place among the sources.
    public Optional<Located<String>> said(String service, String... path) {
        return entries()
                .filter(one -> one.name().equals(service))
                .findFirst()
                .flatMap(one -> service(one, plain()).text(path));
    }

    /// What the engine calls a volume of the project.
    public String volume(String name) {
        var service = new Service(name, root.place(), root, plain());
        return new MountTree(this, service).realName("volumes", name).orElse(name);
    }

    /// A path of the host, absolute.
    ///
    /// @param at where it is named
    public Path path(Place at, String named) {
        return disk.folder().resolve(ServiceTree.path(this, at, named)).normalize();
    }

    /// Where a place of a fact stands, as the user would name it.
    public Place shown(Place place) {
        return disk.shown(place);
    }

    /// What a system file would say of it.
    public Mapping tree() {
        return new SystemTree(this).tree();
    }

    Stream<Entry> entries() {
        var left = request.without().stream().map(Located::value).collect(Collectors.toSet());
        return root.entriesAt("services").stream()
                .filter(one -> one.value() instanceof Mapping)
                .filter(one -> !left.contains(one.name()) && isActive(one.value()));
    }

    private boolean isActive(Node service) {
        var own = service.scalarsAt("profiles").stream().map(Scalar::text).toList();
        return own.isEmpty() || own.stream().anyMatch(profiles::contains);
    }

    Mapping root() {
        return root;
    }

    ComposeRequest request() {
        return request;
    }

    DiskFiles disk() {
        return disk;
    }

    String folder() {
        return folder;
    }

    ContainerMaker maker() {
        return new ContainerMaker(".", folder, files, disk.sources());
    }

    static Service service(Entry entry, Interpolation variables) {
        return new Service(entry.name(), entry.key().place(), (Mapping) entry.value(), variables);
    }

    /// Lines of its `.env`.
    Map<String, Setting> variables() {
        return variables;
    }

    /// The path of its `.env`, as seen from the system file.
    String envFile() {
        return disk.relative(folder + "/.env");
    }

    /// Names in `.env` whose values are secrets, or have one in them.
    Set<String> secretNames() {
        return variables.values().stream()
                .filter(one -> SecretRules.isSecret(one.name(), one.value().value()))
                .map(Setting::name)
                .collect(Collectors.toSet());
    }

    /// Fills in what `.env` says, but for secrets; what nobody gives is left as a mark of [Filled].
    Interpolation plain() {
        var values = new LinkedHashMap<String, String>();
        variables.forEach((name, one) -> values.put(name, one.value().value()));
        var secret = secretNames();
        return new Interpolation(values, secret, name -> Filled.mark(name, secret.contains(name)));
    }

    /// Reports a problem at a place of sources.
    void report(Place place, String message) {
        problems.accept(new Problem(isOfSources(place) ? disk.shown(place) : place, message));
    }

    /// Places of the request are the system file's, and shown already.
    private boolean isOfSources(Place place) {
        return Stream.of(request.files(), request.profiles(), request.without())
                .flatMap(List::stream)
                .noneMatch(one -> one.place().file().equals(place.file()));
    }

    private Found found() {
        return new Found() {
            @Override
            public void fact(InfraFact fact) {} // what it says besides is for checks

            @Override
            public void problem(Place place, String message) {
                report(place, message);
            }
        };
    }
}
