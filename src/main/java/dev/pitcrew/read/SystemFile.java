package dev.pitcrew.read;

import dev.pitcrew.model.Digest;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.compose.ComposeProject;
import dev.pitcrew.read.yaml.Node;
import dev.pitcrew.read.yaml.Node.Mapping;
import dev.pitcrew.read.yaml.YamlTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads a system file, usually called `pitcrew.yaml`.
public final class SystemFile {
    private static final int BYTES_MAX = 1 << 20;
    private static final Comparator<Problem> IN_FILE_ORDER =
            Comparator.comparingInt((Problem p) -> p.place().line())
                    .thenComparingInt(p -> p.place().column());

    private SystemFile() {}

    /// The system, or every problem of the file in file order. A file that can't be read is a problem too.
    public static Read<TradingSystem> read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                return bad(file, "is larger than 1 MiB; a system file is not");
            }
            byte[] bytes = Files.readAllBytes(file);
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return read(file, text.toString(), Digest.of(bytes));
        } catch (CharacterCodingException e) {
            return bad(file, "is not UTF-8 text");
        } catch (NoSuchFileException e) {
            return bad(file, "no such file");
        } catch (IOException e) {
            return bad(file, "can't be read: " + e.getMessage());
        }
    }

    /// The same of text that came from elsewhere.
    ///
    /// @param name the path to show in problems; paths in the text, and a Compose file that it names, start in its folder
    public static Read<TradingSystem> read(String name, String text) {
        return read(Path.of(name), text, Digest.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// What a readable file says that works and is unwise; empty when it can't be read.
    ///
    /// @param environment the one that is meant
    public static List<Problem> warnings(Path file, String environment) {
        try {
            return YamlTree.parse(file.toString(), Files.readString(file)).root().stream()
                    .flatMap(root -> DatabaseUses.sharedServer(root, environment).stream())
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /// Where a key stands in a system file, for what is found out about it later than by reading; the place of what holds it when the key
    /// is left out.
    ///
    /// @param keys from the outermost one inwards
    public static Place place(Path file, String... keys) {
        var place = new Place(file.toString(), 1, 1);
        try {
            var at = YamlTree.parse(file.toString(), Files.readString(file)).root();
            for (int i = 0; i < keys.length && at.isPresent(); i++) {
                at = at.get().at(keys[i]);
                place = at.map(Node::place).orElse(place);
            }
        } catch (IOException _) { // then the file alone has to do
        }
        return place;
    }

    private static Read<TradingSystem> read(Path file, String text, Digest digest) {
        var parsed = YamlTree.parse(file.toString(), text);
        var problems = new LinkedHashSet<Problem>(parsed.problems());
        var project =
                parsed.root()
                        .flatMap(FromCompose::request)
                        .flatMap(request -> ComposeProject.read(file, request, problems::add));
        var base = project.map(ComposeProject::tree);
        var whole =
                parsed.root()
                        .map(
                                root ->
                                        project.map(
                                                        one ->
                                                                new FromCompose(one, problems::add)
                                                                        .over(
                                                                                base.orElseThrow(),
                                                                                root))
                                                .orElse(root));
        whole.ifPresent(
                root -> {
                    new Validation(problems::add)
                            .check("the system file", root, SystemSchema.SYSTEM);
                    // What services are like, nobody knows before their file can be read.
                    if (base.isPresent() || root.at("from").isEmpty()) {
                        SystemRules.check(root, problems::add);
                    }
                });
        if (problems.isEmpty() && whole.orElse(null) instanceof Mapping root) {
            Path folder = file.toAbsolutePath().normalize().getParent();
            return new Read.Good<>(
                    SystemMaker.make(
                            root,
                            folder == null ? Path.of("/") : folder,
                            base.map(below -> FromCompose.digest(digest, below)).orElse(digest)));
        }
        return problems.isEmpty()
                ? bad(file, "is empty; `pitcrew schema` shows what a system file says")
                : new Read.Bad<>(problems.stream().sorted(inFileOrder(file)).toList());
    }

    /// The system file first.
    private static Comparator<Problem> inFileOrder(Path file) {
        return Comparator.comparing((Problem p) -> !p.place().file().equals(file.toString()))
                .thenComparing(p -> p.place().file())
                .thenComparing(IN_FILE_ORDER);
    }

    /// The Compose project that a readable file takes services from; empty when it names none, or none that can be read.
    ///
    /// @param problems takes what is wrong with the project
    public static Optional<ComposeProject> composeProject(Path file, Consumer<Problem> problems) {
        try {
            return YamlTree.parse(file.toString(), Files.readString(file))
                    .root()
                    .flatMap(FromCompose::request)
                    .flatMap(request -> ComposeProject.read(file, request, problems));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Read<TradingSystem> bad(Path file, String message) {
        return new Read.Bad<>(List.of(new Problem(new Place(file.toString(), 1, 1), message)));
    }
}
