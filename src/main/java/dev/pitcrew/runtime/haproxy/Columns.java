package dev.pitcrew.runtime.haproxy;

import java.io.IOException;
import java.util.List;

/// The head of a table of HAProxy's, by which its rows are read: columns were added before, and will be.
///
/// @param separator between fields
record Columns(List<String> names, String separator) {
    static Columns of(String head, String separator) {
        return new Columns(List.of(head.split(separator, -1)), separator);
    }

    Row row(String line) throws IOException {
        var fields = line.split(separator, -1);
        if (fields.length < names.size() - 1) { // the last one may be left out
            throw new IOException("a row has too few fields: " + line);
        }
        return new Row(this, List.of(fields));
    }

    /// One row.
    record Row(Columns columns, List<String> fields) {
        String text(String column) throws IOException {
            var at = columns.names().indexOf(column);
            if (at < 0 || at >= fields.size()) {
                throw new IOException("HAProxy tells no " + column);
            }
            return fields.get(at);
        }

        int number(String column) throws IOException {
            var text = text(column);
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IOException(column + " is no number: " + text, e);
            }
        }
    }
}
