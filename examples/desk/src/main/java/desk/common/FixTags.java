package desk.common;

/// The two custom tags on every order message to the venue, which only counts them.
public final class FixTags {
    /// Activation token of the sender.
    public static final int TOKEN = 20001;

    /// Name of the sending instance, such as `gateway-2`.
    public static final int INSTANCE = 20002;

    private FixTags() {}
}
