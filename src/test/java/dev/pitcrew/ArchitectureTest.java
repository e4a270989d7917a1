package dev.pitcrew;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who may use whom. A room that is built gets its line here, as DESIGN.md has it.
class ArchitectureTest {
    /// Room -> the rooms and libraries it may use; every room may use the JDK, JSpecify and itself.
    static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("model", Set.of()),
                    Map.entry("market", Set.of("model")),
                    Map.entry("judge", Set.of("model")),
                    Map.entry("read", Set.of("model", "SnakeYAML")),
                    Map.entry("assess", Set.of("model", "market")),
                    Map.entry("deploy", Set.of("model", "market", "judge")),
                    Map.entry("recover", Set.of("model", "market")),
                    Map.entry("ledger", Set.of("model")),
                    Map.entry(
                            "runtime",
                            Set.of(
                                    "model", "market", "judge", "read", "deploy", "recover",
                                    "ledger")),
                    Map.entry(
                            "app",
                            Set.of(
                                    "model", "market", "read", "assess", "deploy", "recover",
                                    "ledger", "runtime")),
                    Map.entry(
                            "server",
                            Set.of(
                                    "model", "market", "read", "deploy", "recover", "ledger",
                                    "runtime", "app")),
                    Map.entry(
                            "cli",
                            Set.of(
                                    "model", "market", "read", "assess", "deploy", "recover",
                                    "ledger", "runtime", "app", "server", "judge", "picocli")));

    /// Library -> the rooms that it is for, besides those that name it above.
    static final Map<String, Set<String>> LIBRARY_IS_FOR =
            Map.of(
                    "CEL", Set.of("app"),
                    "docker-java", Set.of("runtime"),
                    "HdrHistogram", Set.of("judge"),
                    "Jackson", Set.of("runtime", "app", "server", "cli"),
                    "JDBC", Set.of("runtime", "server"),
                    "Jetty", Set.of("runtime", "server"));

    private static final Map<String, String> LIBRARY_PACKAGES =
            Map.ofEntries(
                    Map.entry("com.github.dockerjava.", "docker-java"),
                    Map.entry("dev.cel.", "CEL"),
                    Map.entry("com.google.common.", "CEL"),
                    Map.entry("org.HdrHistogram.", "HdrHistogram"),
                    Map.entry("com.fasterxml.jackson.", "Jackson"),
                    Map.entry("java.sql.", "JDBC"),
                    Map.entry("javax.sql.", "JDBC"),
                    Map.entry("org.sqlite.", "JDBC"),
                    Map.entry("org.eclipse.jetty.", "Jetty"),
                    Map.entry("org.snakeyaml.", "SnakeYAML"),
                    Map.entry("picocli.", "picocli"));

    private static final Set<String> EFFECTFUL = Set.of("runtime", "server", "cli");
    private static final Set<String> CLOCK_CHANCE_SLEEP =
            Set.of(
                    "java.time.Instant.now",
                    "java.time.LocalDateTime.now",
                    "java.time.LocalDate.now",
                    "java.time.ZonedDateTime.now",
                    "java.time.OffsetDateTime.now",
                    "java.time.Clock.systemUTC",
                    "java.time.InstantSource.system",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.lang.Thread.sleep",
                    "java.lang.Math.random",
                    "java.util.UUID.randomUUID",
                    "java.security.SecureRandom.<init>",
                    "java.util.Random.<init>",
                    "java.util.concurrent.ThreadLocalRandom.current");

    private static JavaClasses classes;

    @BeforeAll
    static void import_classes() {
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.pitcrew");
        assertThat(classes).as("classes seen").hasSizeGreaterThan(10);
    }

    @Test
    void each_room_uses_only_what_the_map_allows() {
        var broken = new TreeSet<String>();
        for (JavaClass type : classes) {
            String room = room(type.getPackageName());
            for (var use : type.getDirectDependenciesFromSelf()) {
                JavaClass target = use.getTargetClass().getBaseComponentType();
                if (!allowed(room, target)) {
                    broken.add(room + ": " + use.getDescription());
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    /// Where nobody has own checks, no class of their library may be loaded.
    @Test
    void one_class_alone_knows_the_library_of_own_checks() {
        var users =
                classes.stream()
                        .filter(
                                type ->
                                        type.getDirectDependenciesFromSelf().stream()
                                                .anyMatch(
                                                        use ->
                                                                use.getTargetClass()
                                                                        .getBaseComponentType()
                                                                        .getName()
                                                                        .startsWith("dev.cel.")))
                        .map(type -> type.getName().replaceAll("[$].*", ""))
                        .collect(toCollection(TreeSet::new));

        assertThat(users).containsExactly("dev.pitcrew.app.own.Cel");
    }

    @Test
    void only_the_edge_reads_clocks_rolls_dice_or_sleeps() {
        var broken = new TreeSet<String>();
        for (JavaClass type : classes) {
            if (EFFECTFUL.contains(room(type.getPackageName()))) {
                continue;
            }
            for (var access : type.getAccessesFromSelf()) {
                var target = access.getTarget();
                String name = target.getOwner().getName() + "." + target.getName();
                // Instant::now as a source is passed in from the edge; a generator made from a seed
                // takes that seed as a parameter.
                boolean seeded = access.getDescription().contains("java.util.Random.<init>(long)");
                if (CLOCK_CHANCE_SLEEP.contains(name) && !seeded) {
                    broken.add(access.getDescription());
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void each_package_introduces_itself_and_is_null_marked() {
        var packages = new TreeSet<String>();
        classes.forEach(type -> packages.add(type.getPackageName()));

        for (String name : packages) {
            assertThat(Path.of("src/main/java", name.replace('.', '/'), "package-info.java"))
                    .exists()
                    .content()
                    .contains("@NullMarked")
                    .startsWith("///");
            assertThat(classes.getPackage(name).isAnnotatedWith(NullMarked.class))
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    void the_architecture_page_shows_this_map() throws Exception {
        List<String> page = Files.readAllLines(Path.of("ARCHITECTURE.md"));
        var rooms =
                classes.stream()
                        .map(type -> room(type.getPackageName()))
                        .collect(toCollection(TreeSet::new));

        for (String room : rooms) {
            assertThat(page)
                    .as("the row of %s", room)
                    .anyMatch(
                            line ->
                                    line.startsWith("| `" + room + "` |")
                                            && MAY_USE.get(room).stream().allMatch(line::contains));
        }
    }

    private static boolean allowed(String room, JavaClass target) {
        String name = target.getName();
        if (name.startsWith("dev.pitcrew.")) {
            String used = room(target.getPackageName());
            return used.equals(room) || MAY_USE.getOrDefault(room, Set.of()).contains(used);
        }
        for (var library : LIBRARY_PACKAGES.entrySet()) {
            if (name.startsWith(library.getKey())) {
                return MAY_USE.getOrDefault(room, Set.of()).contains(library.getValue())
                        || LIBRARY_IS_FOR.getOrDefault(library.getValue(), Set.of()).contains(room);
            }
        }
        return target.isPrimitive()
                || name.startsWith("java.")
                || name.startsWith("javax.")
                || name.startsWith("com.sun.net.httpserver.")
                || name.startsWith("org.jspecify.")
                || name.startsWith("[");
    }

    /// `dev.pitcrew.runtime.process` is in the room `runtime`.
    private static String room(String packageName) {
        assertThat(packageName).startsWith("dev.pitcrew.");
        String room = packageName.substring("dev.pitcrew.".length()).replaceAll("\\..*", "");
        assertThat(MAY_USE).as("a room of its own line in MAY_USE").containsKey(room);
        return room;
    }
}
