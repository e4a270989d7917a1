package desk.common;

/// The highest activation token that any instance of a service has seen. Durable before a method returns, shared by
/// the instances, never going back. The file form is [FileTokens]; a service with a store may keep it there.
public interface Tokens {
    /// @return the highest token seen; 0 before the first
    long highest();

    /// Takes a token that is as high as the highest, or higher.
    ///
    /// @return whether it was; an older one changes nothing
    boolean take(long token);

    /// Takes a token that is above the highest, as an activation needs.
    ///
    /// @return whether it was; another one changes nothing
    boolean takeNewer(long token);
}
