package dev.pitcrew.assess;

import java.util.Locale;

/// The kinds of checks; each has the beginning of its codes, and all but [#OWN] a package and a list.
public enum Family {
    IMAGE("IMG", "containers and images"),
    COMPOSE("CMP", "Compose"),
    KUBERNETES("K8S", "Kubernetes"),
    PIPELINE("CI", "pipelines"),
    PROXY("PRX", "proxies"),
    CLOUD("CLD", "clouds"),
    DURABILITY("DUR", "durability of stores and queues"),
    OBSERVABILITY("OBS", "observability"),
    MIGRATION("MIG", "migrations"),
    SECRET("SEC", "secrets"),
    TRADING("TRD", "trading"),
    WHOLE("SYS", "the whole system"),
    /// Those that users write themselves; no class of ours has such a code.
    OWN("OWN", "own checks");

    private final String prefix;
    private final String title;

    Family(String prefix, String title) {
        this.prefix = prefix;
        this.title = title;
    }

    /// What its codes begin with.
    public String prefix() {
        return prefix;
    }

    /// Whether a word by which people ask for checks is a code of this family, or means all of it.
    public boolean isAskedBy(String word) {
        return word.toUpperCase(Locale.ROOT).matches(prefix + "(-[0-9]+)?");
    }

    /// For people.
    public String title() {
        return title;
    }
}
