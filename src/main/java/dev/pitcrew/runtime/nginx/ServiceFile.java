package dev.pitcrew.runtime.nginx;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pitcrew.model.Fraction;
import dev.pitcrew.runtime.balancer.Told;
import dev.pitcrew.runtime.http.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What nginx was told of one service: the first line of the service's file, as JSON behind a `#`. The rest of the file follows from it.
///
/// @param generation grows by one with each change
/// @param change which change it belongs to
/// @param left who got requests before, and may still have some
record ServiceFile(Told told, long generation, String change, List<Address> left) {
    static final ServiceFile NOTHING = new ServiceFile(Told.NOTHING, 0, "", List.of());
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MARK = "# pitcrew ";

    ServiceFile {
        left = List.copyOf(left);
    }

    /// @param share of keys, from 0 to 1
    private record Line(
            long generation,
            String change,
            boolean isHeld,
            List<String> rest,
            List<String> canaries,
            double share,
            Map<String, String> owners,
            List<String> left) {}

    /// @throws IOException when there is none, or it is not as we wrote it
    static ServiceFile read(Path file) throws IOException {
        String first;
        try (var lines = Files.newBufferedReader(file)) {
            first = lines.readLine();
        }
        if (first == null || !first.startsWith(MARK)) {
            throw new IOException(file + " does not begin with what Pitcrew wrote there");
        }
        var line = JSON.readValue(first.substring(MARK.length()), Line.class);
        var owners = new TreeMap<String, Address>();
        line.owners().forEach((name, address) -> owners.put(name, Address.parse(address)));
        return new ServiceFile(
                new Told(
                        line.isHeld(),
                        addresses(line.rest()),
                        addresses(line.canaries()),
                        new Fraction(line.share()),
                        owners),
                line.generation(),
                line.change(),
                addresses(line.left()));
    }

    String firstLine() throws IOException {
        var owners = new TreeMap<String, String>();
        told.owners().forEach((name, address) -> owners.put(name, address.toString()));
        return MARK
                + JSON.writeValueAsString(
                        new Line(
                                generation,
                                change,
                                told.isHeld(),
                                texts(told.rest()),
                                texts(told.canaries()),
                                told.share().value(),
                                owners,
                                texts(left)))
                + "\n";
    }

    private static List<Address> addresses(List<String> texts) {
        return texts.stream().map(Address::parse).toList();
    }

    private static List<String> texts(List<Address> addresses) {
        return addresses.stream().map(Address::toString).toList();
    }
}
