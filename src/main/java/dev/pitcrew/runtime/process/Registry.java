package dev.pitcrew.runtime.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder in which everything about processes is kept, so that a restarted controller and the bare command line
/// find them. The head of `supervise.sh` says which file holds what. No environment is ever written here.
final class Registry {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String JSON_END = ".json";
    private static final String SUPERVISOR = "supervise.sh";

    private final Path folder;

    /// The registry as it is: nothing is made or written, so it can be read and processes can be killed with a full disk.
    Registry(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /// The registry, ready for processes to be started.
    ///
    /// @throws IOException when the folder can't be made or written
    static Registry forStarts(Path folder) throws IOException {
        var registry = new Registry(folder);
        Files.createDirectories(folder);
        try (InputStream script =
                Objects.requireNonNull(Registry.class.getResourceAsStream(SUPERVISOR))) {
            byte[] bytes = script.readAllBytes();
            Path own = Files.createTempFile(registry.folder, SUPERVISOR, ".new");
            Files.write(own, bytes);
            // Renamed into place: a shell that still reads the old one keeps it.
            Files.move(own, registry.supervisor(), StandardCopyOption.ATOMIC_MOVE);
        }
        return registry;
    }

    /// What was started, as its own file `INSTANCE.json`.
    ///
    /// @param launch tells this start of the instance from every other
    record Entry(
            String launch,
            String instance,
            String service,
            String version,
            List<String> argv,
            Map<String, Integer> ports,
            String log) {}

    /// Which process it became; the supervisor wrote it.
    ///
    /// @param boot the boot in which pids and ticks mean something
    record Run(
            String launch,
            long pid,
            long startTicks,
            long supervisorPid,
            long supervisorTicks,
            String boot) {}

    /// @param at when the supervisor wrote it down
    record Exit(String launch, int code, Instant at) {}

    Path folder() {
        return folder;
    }

    Path supervisor() {
        return folder.resolve(SUPERVISOR);
    }

    Path lock(String instance) {
        return folder.resolve(instance + ".lock");
    }

    /// Lays the entry beside its place, from where the supervisor moves it.
    void propose(Entry entry) throws IOException {
        try (var file =
                FileChannel.open(
                        proposal(entry),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            var json = ByteBuffer.wrap(JSON.writeValueAsBytes(entry));
            while (json.hasRemaining()) {
                file.write(json);
            }
            file.force(true); // a process that outlives a power cut of the disk's must be found
        }
    }

    void withdraw(Entry entry) throws IOException {
        Files.deleteIfExists(proposal(entry));
    }

    private Path proposal(Entry entry) {
        return folder.resolve(entry.instance() + ".json." + entry.launch());
    }

    Optional<Entry> entry(String instance) throws IOException {
        try {
            byte[] json = Files.readAllBytes(folder.resolve(instance + JSON_END));
            return Optional.of(JSON.readValue(json, Entry.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IOException(
                    instance + JSON_END + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    /// The process of the entry; nothing while it is on its way.
    Optional<Run> run(Entry entry) throws IOException {
        return words(entry.instance() + ".run", 6)
                .filter(words -> words[0].equals(entry.launch()))
                .map(
                        words ->
                                new Run(
                                        words[0],
                                        Long.parseLong(words[1]),
                                        Long.parseLong(words[2]),
                                        Long.parseLong(words[3]),
                                        Long.parseLong(words[4]),
                                        words[5]));
    }

    Optional<Exit> exit(Entry entry) throws IOException {
        String name = entry.instance() + ".exit";
        Optional<String[]> words = words(name, 2).filter(found -> found[0].equals(entry.launch()));
        if (words.isEmpty()) {
            return Optional.empty();
        }
        Instant at = Files.getLastModifiedTime(folder.resolve(name)).toInstant();
        return Optional.of(new Exit(entry.launch(), Integer.parseInt(words.get()[1]), at));
    }

    private Optional<String[]> words(String name, int count) throws IOException {
        try {
            String[] words = Files.readString(folder.resolve(name)).trim().split(" ");
            if (words.length != count) {
                throw new IOException(name + " is damaged; kill the instance to start over");
            }
            return Optional.of(words);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// The instances that have an entry, whether it can be read or not.
    List<String> instances() throws IOException {
        if (Files.notExists(folder)) {
            return List.of(); // nothing was ever started here
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(JSON_END))
                    .map(name -> name.substring(0, name.length() - JSON_END.length()))
                    .sorted()
                    .toList();
        }
    }

    void drop(String instance) throws IOException {
        // The lock file stays: two holders of two files of one name would both believe they are
        // alone.
        for (String end : List.of(".json", ".run", ".exit")) {
            Files.deleteIfExists(folder.resolve(instance + end));
        }
    }
}
