package desk.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A `key=value` file: one pair a line; `#` starts a comment line.
public final class KeyValues {
    private KeyValues() {}

    /// @return the pairs in file order; empty without a file
    /// @throws IOException when the file can't be read or a line is no pair
    public static Map<String, String> read(Optional<Path> file) throws IOException {
        var pairs = new LinkedHashMap<String, String>();
        if (file.isEmpty()) {
            return pairs;
        }
        for (var line : Files.readAllLines(file.get())) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var equals = line.indexOf('=');
            if (equals < 1) {
                throw new IOException(file.get() + ": expected key=value, got " + line);
            }
            pairs.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
        return pairs;
    }
}
