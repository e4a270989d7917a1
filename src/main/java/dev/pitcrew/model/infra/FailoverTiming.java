package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.Map;

/// How soon a store is taken over by another, as the tool that does it is told.
///
/// @param format of the file
/// @param place where the tool is told of this store
/// @param tool what does it
/// @param name of the cluster or master; empty when none is said
/// @param numbers key to number, in the tool's own words and units, as far as they are said
public record FailoverTiming(
        String format, Place place, Tool tool, String name, Map<String, Located<Long>> numbers)
        implements InfraFact {
    public FailoverTiming {
        numbers = Map.copyOf(numbers);
    }

    /// What takes over.
    public enum Tool {
        PATRONI("Patroni"),
        SENTINEL("Redis Sentinel"),
        REPMGR("repmgr");

        private final String text;

        Tool(String text) {
            this.text = text;
        }

        /// For people.
        public String text() {
            return text;
        }
    }

    /// A number, or what the tool takes when none is said.
    public long number(String key, long usual) {
        var said = numbers.get(key);
        return said == null ? usual : said.value();
    }
}
