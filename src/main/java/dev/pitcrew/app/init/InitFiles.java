package dev.pitcrew.app.init;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.model.Read;
import dev.pitcrew.model.TradingSystem;
import dev.pitcrew.read.SystemFile;
import dev.pitcrew.read.survey.Repository;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// A repository on disk, and the system file that is written for it.
public final class InitFiles {
    private final Path root;
    private final Path file;
    private final Ground ground;

    private InitFiles(Path root, Path file, Ground ground) {
        this.root = root;
        this.file = file;
        this.ground = ground;
    }

    /// Reads a repository.
    ///
    /// @param folder of the repository
    /// @param file where the system file is to lie, from whose folder it names others
    /// @throws IOException when the folder can't be read at all
    public static InitFiles of(Path folder, Path file) throws IOException {
        Path root = folder.toRealPath();
        var contents = Repository.read(root);
        var subject =
                Assess.assess(contents.sources(), contents.problems(), List.of(), LocalDate.EPOCH)
                        .subject();
        Path there = file.toAbsolutePath().normalize();
        Path from = there.resolveSibling("");
        from = Files.isDirectory(from) ? from.toRealPath() : from;
        String base = from.relativize(root).toString();
        var name = root.getFileName();
        return new InitFiles(
                root,
                from.resolve(String.valueOf(there.getFileName())),
                Grounds.of(
                        contents.sources(),
                        subject.survey(),
                        subject.sketch(),
                        name == null ? "" : name.toString(),
                        base.isEmpty() ? "" : base + "/"));
    }

    /// What was found.
    public Ground ground() {
        return ground;
    }

    /// The text for it, as its reader accepts it there.
    public Initial write(Map<Question.Name, String> answers) {
        return Init.write(ground, answers, this::problems);
    }

    private List<Problem> problems(String text) {
        return switch (SystemFile.read(file.toString(), text)) {
            case Read.Good<TradingSystem> _ -> List.of();
            case Read.Bad<TradingSystem>(var problems) ->
                    problems.stream()
                            .map(one -> new Problem(shown(one.place()), one.message()))
                            .toList();
        };
    }

    private Place shown(Place place) {
        Path path = Path.of(place.file()).toAbsolutePath().normalize();
        String inside = path.startsWith(root) ? root.relativize(path).toString() : path.toString();
        return new Place(inside, place.line(), place.column());
    }

    /// Puts the text in its place: a new file, or with `isForced` over what is there.
    ///
    /// @throws OperationFailed when a file is there already, or it can't be written
    public void save(Initial initial, boolean isForced) {
        try {
            if (!isForced) {
                Files.writeString(file, initial.text(), StandardOpenOption.CREATE_NEW);
                return;
            }
            Path beside = file.resolveSibling("." + file.getFileName() + ".new");
            Files.writeString(beside, initial.text());
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileAlreadyExistsException _) {
            throw inUse(file);
        } catch (IOException e) {
            throw new OperationFailed(
                    OperationFailed.Code.FILE_UNUSABLE,
                    "can't write " + file + ": " + e.getMessage(),
                    e);
        }
    }

    /// Said of a file that is there already.
    public static OperationFailed inUse(Path file) {
        return new OperationFailed(
                OperationFailed.Code.IN_USE,
                file
                        + " is there already, and nothing was written; --force writes over it, --output names another",
                null);
    }
}
