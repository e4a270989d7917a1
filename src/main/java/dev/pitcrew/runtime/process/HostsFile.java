package dev.pitcrew.runtime.process;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import dev.pitcrew.runtime.process.Placement.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a host last read of where instances are, in its data folder: so that `kill` reaches those on other hosts without a database.
///
/// @param host this host's own address
/// @param placements as they were read last
record HostsFile(String host, List<Row> placements) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// One placement as JSON has it.
    record Row(
            String instance,
            String host,
            String service,
            String version,
            Map<String, Integer> ports,
            boolean hasEnded) {}

    HostsFile {
        placements = List.copyOf(placements);
    }

    static HostsFile of(String host, List<Placement> placements) {
        return new HostsFile(
                host,
                placements.stream()
                        .map(
                                one ->
                                        new Row(
                                                one.instance(),
                                                one.host(),
                                                one.service(),
                                                one.version(),
                                                one.ports(),
                                                one.hasEnded()))
                        .toList());
    }

    private static Path in(Path dataFolder) {
        return dataFolder.resolve("hosts.json");
    }

    /// @return empty where the desk has one host
    static Optional<HostsFile> read(Path dataFolder) throws IOException {
        return Files.exists(in(dataFolder))
                ? Optional.of(JSON.readValue(in(dataFolder).toFile(), HostsFile.class))
                : Optional.empty();
    }

    void write(Path dataFolder) throws IOException {
        var unfinished = Files.createTempFile(dataFolder, "hosts", ".new");
        JSON.writeValue(unfinished.toFile(), this);
        Files.move(unfinished, in(dataFolder), StandardCopyOption.ATOMIC_MOVE);
    }

    /// To look at only: nobody is told anything.
    Placements asPlacements() {
        var all =
                placements.stream()
                        .map(
                                one ->
                                        new Placement(
                                                one.instance(),
                                                one.host(),
                                                one.service(),
                                                one.version(),
                                                one.ports(),
                                                one.hasEnded(),
                                                Optional.empty()))
                        .toList();
        return new Placements() {
            @Override
            public List<Placement> all() {
                return all;
            }

            @Override
            public void put(Placement placement) {
                throw onlyRead();
            }

            @Override
            public void ask(String instance, Optional<Wish> wish) {
                throw onlyRead();
            }

            @Override
            public void ended(String instance, String host) {} // its host will say so again

            @Override
            public void forget(String instance) {
                throw onlyRead();
            }

            private static OperationFailed onlyRead() {
                return new OperationFailed(
                        Code.UNREACHABLE, "without a controller no other host is asked", null);
            }
        };
    }
}
