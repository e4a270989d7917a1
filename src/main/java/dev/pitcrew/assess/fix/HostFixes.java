package dev.pitcrew.assess.fix;

import static dev.pitcrew.assess.fix.Told.always;
import static dev.pitcrew.assess.fix.Told.when;

import dev.pitcrew.assess.fix.Change.AddItem;
import dev.pitcrew.assess.fix.Change.Append;
import dev.pitcrew.assess.fix.Change.LinesAfter;
import dev.pitcrew.assess.fix.Change.LinesBefore;
import dev.pitcrew.assess.fix.Change.Replace;
import dev.pitcrew.assess.fix.Change.SetKey;
import dev.pitcrew.assess.fix.Change.Within;
import dev.pitcrew.assess.fix.Told.Said;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.infra.Fallback;
import dev.pitcrew.model.infra.ImageBuild;
import dev.pitcrew.model.infra.ImageBuild.Instruction;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Fixes in Compose files, Dockerfiles and what lies beside them.
final class HostFixes {
    static final Map<String, Fixer> ALL =
            Map.ofEntries(
                    Map.entry("CMP-001", always(HostFixes::restart)),
                    Map.entry("CMP-004", when("port (\\S+) of", HostFixes::loopback)),
                    Map.entry("TRD-005", when("port (\\S+) of", HostFixes::loopback)),
                    Map.entry("TRD-018", when("its port (\\S+) is open", HostFixes::loopback)),
                    Map.entry("SYS-055", when("every address \\((\\S+)\\)", HostFixes::loopback)),
                    Map.entry("TRD-006", always(HostFixes::leftAlone)),
                    Map.entry(
                            "TRD-008",
                            when(
                                    "sets (\\S+), because its default is (\\S+)$",
                                    HostFixes::notLive)),
                    Map.entry("TRD-010", always(HostFixes::canFail)),
                    Map.entry("TRD-013", when("keeps (\\S+) in the container", HostFixes::volume)),
                    Map.entry("TRD-020", when("its state in (\\S+), which", HostFixes::volume)),
                    Map.entry("IMG-001", when("no USER is set and (\\S+)", HostFixes::user)),
                    Map.entry("IMG-005", always(HostFixes::leftOut)),
                    Map.entry("SYS-031", when("^(\\S+) is not in the image", HostFixes::copied)),
                    Map.entry("TRD-050", always(HostFixes::execForm)),
                    Map.entry("SEC-002", when("where (\\S+) isn't set", HostFixes::mustBeSet)),
                    Map.entry("SEC-004", always(HostFixes::ignored)));

    private static final Map<String, String> OTHER =
            Map.ofEntries(
                    Map.entry("false", "true"),
                    Map.entry("no", "yes"),
                    Map.entry("off", "on"),
                    Map.entry("0", "1"),
                    Map.entry("true", "false"),
                    Map.entry("yes", "no"),
                    Map.entry("on", "off"),
                    Map.entry("1", "0"),
                    Map.entry("live", "paper"),
                    Map.entry("real", "paper"),
                    Map.entry("mainnet", "testnet"));

    /// A port of the host that browsers ask without being told: such an entrance is meant for others.
    private static final Pattern WEB =
            Pattern.compile("([0-9]+\\.[0-9.]+:)?(80|443)(:[0-9]+)?(/tcp)?");

    private HostFixes() {}

    private static List<Fix> restart(Said said) {
        return List.of(
                Fix.behaviour(
                        "The service is started again after a crash and after a reboot, unless somebody stopped it.",
                        new SetKey(
                                said.place(),
                                Within.SERVICE,
                                List.of("restart"),
                                "unless-stopped",
                                "")));
    }

    /// A published port, on this machine only.
    private static List<Fix> loopback(Said said) {
        String text = said.word(1);
        if (WEB.matcher(text).matches()) {
            return List.of();
        }
        String effect =
                "Only this machine reaches port %s any more; whoever came from outside needs a proxy or a tunnel."
                        .formatted(text);
        return List.of(
                Fix.behaviour(effect, local(said.place(), text)),
                Fix.behaviour(
                        effect,
                        new SetKey(
                                said.place(), Within.ITEM, List.of("host_ip"), "127.0.0.1", "")));
    }

    private static Replace local(Place place, String text) {
        String all = "0.0.0.0:";
        return new Replace(
                place,
                text,
                "127.0.0.1:" + (text.startsWith(all) ? text.substring(all.length()) : text));
    }

    private static List<Fix> leftAlone(Said said) {
        String key = "com.centurylinklabs.watchtower.enable";
        String effect =
                "The updater leaves this service alone; a new image of it is started by whoever deploys.";
        return said.related("what is replaced").stream()
                .flatMap(
                        at ->
                                Stream.of(
                                        Fix.behaviour(
                                                effect,
                                                new SetKey(
                                                        at,
                                                        Within.SERVICE,
                                                        List.of("labels", key),
                                                        "\"false\"",
                                                        "")),
                                        Fix.behaviour(
                                                effect,
                                                new AddItem(
                                                        at,
                                                        Within.SERVICE,
                                                        List.of("labels"),
                                                        List.of(key + "=false")))))
                .toList();
    }

    private static List<Fix> notLive(Said said) {
        String other = OTHER.get(said.word(2).toLowerCase(java.util.Locale.ROOT));
        if (other == null) {
            return List.of();
        }
        String effect =
                "Where %s isn't set, nothing trades live: set it where it has to."
                        .formatted(said.word(1));
        return Stream.of(":-", "-", "=")
                .map(
                        joint ->
                                Fix.behaviour(
                                        effect,
                                        new Replace(
                                                said.place(), joint + said.word(2), joint + other)))
                .toList();
    }

    private static List<Fix> canFail(Said said) {
        String effect =
                "The health check fails when the service does; whatever waits for it or restarts it then acts.";
        return Stream.of(
                        Map.entry("|| true", "|| exit 1"),
                        Map.entry("|| exit 0", "|| exit 1"),
                        Map.entry("|| :", "|| exit 1"),
                        Map.entry("; exit 0", ""),
                        Map.entry("curl -s ", "curl -fs "),
                        Map.entry("curl http", "curl -f http"),
                        Map.entry("\"curl\", ", "\"curl\", \"-f\", "))
                .map(
                        one ->
                                Fix.behaviour(
                                        effect,
                                        new Replace(said.place(), one.getKey(), one.getValue())))
                .toList();
    }

    /// A volume of Compose for what is lost with the container.
    private static List<Fix> volume(Said said) {
        var container = said.container().filter(one -> one.format().equals("compose"));
        if (container.isEmpty()) {
            return List.of();
        }
        String path = said.word(1);
        String last = path.substring(path.lastIndexOf('/') + 1);
        String folder = last.contains(".") ? path.substring(0, path.lastIndexOf('/')) : path;
        if (folder.isEmpty()) {
            return List.of();
        }
        String name = container.get().name() + "-data";
        return List.of(
                Fix.behaviour(
                        "A new container finds %s again; what the running one holds there has to be copied into the volume %s first, for it begins empty."
                                .formatted(folder, name),
                        new AddItem(
                                said.place(),
                                Within.SERVICE,
                                List.of("volumes"),
                                List.of(name + ":" + folder)),
                        new SetKey(said.place(), Within.FILE, List.of("volumes", name), "{}", "")));
    }

    private static List<Fix> user(Said said) {
        String base = said.word(1);
        if (base.matches("(?i).*(distroless|scratch|windows|nanoserver).*")) {
            return List.of();
        }
        String makes =
                base.contains("alpine") ? "RUN adduser -D app" : "RUN useradd --create-home app";
        return said.all(ImageBuild.class).stream()
                .filter(build -> build.last().place().equals(said.place()))
                .flatMap(build -> build.last().instructions().stream())
                .filter(one -> one.is("CMD") || one.is("ENTRYPOINT"))
                .findFirst()
                .map(
                        one ->
                                List.of(
                                        Fix.behaviour(
                                                "The program runs as the user app: it can't write what belongs to root, nor listen below port 1024 on older hosts.",
                                                new LinesAfter(said.place(), List.of(makes)),
                                                new LinesBefore(one.place(), List.of("USER app")))))
                .orElse(List.of());
    }

    private static List<Fix> leftOut(Said said) {
        String what = said.finding().what();
        String file =
                what.startsWith("the .env") ? ".env" : what.replaceFirst(" becomes part.*", "");
        if (file.contains(" ")) {
            return List.of();
        }
        String folder = folder(said.place());
        String name = file.startsWith(folder) ? file.substring(folder.length()) : file;
        return List.of(
                Fix.behaviour(
                        "%s is no longer in the image; a program that reads it there needs it from the environment."
                                .formatted(name),
                        new Append(new Place(folder + ".dockerignore", 1, 1), List.of(name))));
    }

    private static List<Fix> copied(Said said) {
        String path = said.word(1);
        String name = path.substring(path.lastIndexOf('/') + 1);
        String folder = folder(said.place());
        var files =
                said.subject().survey().files().stream()
                        .map(file -> file.path())
                        .filter(file -> file.startsWith(folder))
                        .map(file -> file.substring(folder.length()))
                        .filter(file -> file.equals(name) || file.endsWith("/" + name))
                        .toList();
        return files.size() == 1 && path.startsWith("/")
                ? List.of(
                        Fix.behaviour(
                                "The image holds %s, and its containers start.".formatted(path),
                                new LinesBefore(
                                        said.place(),
                                        List.of(
                                                "COPY --chmod=755 %s %s"
                                                        .formatted(files.getFirst(), path)))))
                : List.of();
    }

    private static List<Fix> execForm(Said said) {
        return said.all(ImageBuild.class).stream()
                .flatMap(build -> build.stages().stream())
                .flatMap(stage -> stage.instructions().stream())
                .filter(one -> one.place().equals(said.place()) && !one.isExec())
                .filter(one -> one.is("CMD") || one.is("ENTRYPOINT"))
                .map(Instruction::text)
                .filter(text -> text.matches("[\\w./:=@,+ -]+"))
                .map(
                        text ->
                                Fix.safe(
                                        "The same program is started, without a shell around it, and hears SIGTERM itself.",
                                        new Replace(
                                                said.place(),
                                                text,
                                                Stream.of(text.split(" ", -1))
                                                        .map(word -> "\"" + word + "\"")
                                                        .collect(
                                                                Collectors.joining(
                                                                        ", ", "[", "]")))))
                .toList();
    }

    private static List<Fix> mustBeSet(Said said) {
        return said.all(Fallback.class).stream()
                .filter(one -> one.place().equals(said.place()) && !one.value().isEmpty())
                .flatMap(
                        one ->
                                Stream.of(":-", "-")
                                        .map(
                                                joint ->
                                                        Fix.behaviour(
                                                                "It doesn't start where %s isn't set."
                                                                        .formatted(said.word(1)),
                                                                new Replace(
                                                                        said.place(),
                                                                        joint + one.value(),
                                                                        ":?set it"))))
                .toList();
    }

    private static List<Fix> ignored(Said said) {
        String file = said.place().file();
        return List.of(
                Fix.safe(
                        "Nothing changes at run time: git takes no later version of the file; `git rm --cached %s` takes this one out, and what it holds has to be changed."
                                .formatted(file),
                        new Append(new Place(".gitignore", 1, 1), List.of(file))));
    }

    private static String folder(Place place) {
        return place.file().substring(0, place.file().lastIndexOf('/') + 1);
    }
}
