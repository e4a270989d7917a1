package dev.pitcrew.judge;

/// What must not happen even once too often, and needs no statistics: a reject storm, a duplicate client order id, a position
/// that does not reconcile, a crash loop. It fails a release at once.
///
/// @param name what it is about
/// @param seen how often it happened on the canary
/// @param allowed how often it may
public record Guard(String name, double seen, double allowed) {
    /// Whether the release may pass. A number that is none was not seen, and what is unknown does not hold.
    public boolean holds() {
        return seen <= allowed;
    }

    /// Whether it happened too often, which is harm.
    public boolean isBroken() {
        return seen > allowed;
    }

    String sentence() {
        String most = Numbers.of(allowed);
        if (holds()) {
            return "%s: %s, at most %s allowed".formatted(name, Numbers.of(seen), most);
        }
        return isBroken()
                ? "%s: %s, and more than %s are harm whatever else was counted"
                        .formatted(name, Numbers.of(seen), most)
                : "%s: unknown of the canary, so it can't pass".formatted(name);
    }
}
