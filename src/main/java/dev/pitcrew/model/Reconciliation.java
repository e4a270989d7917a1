package dev.pitcrew.model;

/// Two independent sources of open orders and positions by instrument.
///
/// @param ours what the service itself believes
/// @param theirs what somebody else saw
public record Reconciliation(Source ours, Source theirs) {
    public Reconciliation {
        if (ours.equals(theirs)) {
            throw new IllegalArgumentException("both sources are " + ours);
        }
    }

    /// A GET on the `http` port of a service's instance.
    ///
    /// @param service its name
    /// @param path starts with a slash
    public record Source(String service, String path) {}
}
