package dev.pitcrew.read;

/// The kinds of scalars in a system file.
enum Kind {
    TEXT("", "text"),
    NAME("[a-z][a-z0-9-]{0,62}", "a name of lower-case letters, digits and dashes"),
    VERSION("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}", "a version of letters, digits and . _ + -"),
    MARKET("[A-Z0-9][A-Z0-9-]{0,31}", "a venue's calendar such as XNYS"),
    VARIABLE("[A-Za-z_][A-Za-z0-9_]*", "a variable's name of letters, digits and underscores"),
    DURATION("[0-9]{1,9}(ms|s|m|h|d)", "a duration such as 250ms, 5s, 10m, 4h or 30d"),
    POSITIVE("0*[1-9][0-9]{0,8}(ms|s|m|h|d)", "a duration above zero such as 250ms, 5s or 10m"),
    SIZE("[0-9]{1,9}(B|KiB|MiB|GiB)", "a size such as 64KiB, 512MiB or 2GiB"),
    SHARE("(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)%", "a share from 0% to 100% such as 1% or 0.5%"),
    NUMBER("-?[0-9]{1,15}(\\.[0-9]{1,15})?", "a number"),
    SERIES(
            "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{[^{}]*\\})?",
            "a Prometheus series such as orders_total or orders_total{side=\"buy\"}"),
    MARGIN(
            "\\+?[0-9]{1,3}(\\.[0-9]+)?(%|pp)( *, *\\+?[0-9]{1,3}(\\.[0-9]+)?(%|pp))?",
            "a margin such as 20%, 0.1pp or 20%,0.1pp for the larger of both"),
    PATH("/[^\\s]*", "a path that starts with a slash"),
    THING("[A-Za-z0-9][A-Za-z0-9_./-]{0,127}", "a name of letters, digits and . _ / -"),
    FLAG("true|false", "true | false"),
    TIME("([01][0-9]|2[0-3]):[0-5][0-9]", "a time of day such as \"17:30\""),
    DATE("[0-9]{4}-[01][0-9]-[0-3][0-9]", "a day such as 2027-01-31"),
    CHECK("[A-Z0-9]{2,3}-[0-9]{3}|[*]", "the code of a check such as TRD-001, or \"*\" for each"),
    FILE("[A-Za-z0-9_.][A-Za-z0-9_./@-]{0,199}", "a file's path such as compose.yaml"),
    OWN_CHECK("OWN-[0-9]{3}", "a code of your own such as OWN-001"),
    ZONE("[A-Za-z0-9_+/-]+", "a time zone such as Europe/Berlin"),
    URL("https?://[A-Za-z0-9._~:/?#@!&*+,;=%-]+", "an address such as https://witness.example"),
    DATABASE(
            "postgresql://[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9_.-]+"
                    + "(\\?sslmode=(disable|prefer|require|verify-ca|verify-full))?",
            "a database such as postgresql://user@host:5432/name, without a password"),
    SSH(
            "(ssh://)?[A-Za-z0-9_][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9.-]*:([0-9]{1,5}/|/)[^\\s]*",
            "a target such as user@host:/path or ssh://user@host:2222/path"),
    OPENING(
            "([01][0-9]|2[0-3]):[0-5][0-9] [A-Za-z0-9_+/-]+|[A-Z0-9][A-Z0-9-]{0,31} -[0-9]{1,9}(ms|s|m|h|d)",
            "a time of day and its zone such as 08:30 Europe/Berlin, or a calendar and how long before it opens such as XNYS -30m"),
    APPROVAL(
            "two-people|none|delay 0*[1-9][0-9]{0,8}(ms|s|m|h|d)",
            "two-people | none | delay with a duration, such as delay 5m"),
    INCONCLUSIVE(
            "rollback|promote-with-approval|keep|hold-until [0-9]{4}-[01][0-9]-[0-3][0-9]T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z",
            "rollback | promote-with-approval | keep | hold-until with a moment, such as hold-until 2027-01-29T21:00:00Z");

    private final String pattern;
    private final String wanted;

    Kind(String pattern, String wanted) {
        this.pattern = pattern;
        this.wanted = wanted;
    }

    /// A regular expression for the whole of it, in what Java and ECMAScript share; empty: any text.
    String pattern() {
        return pattern;
    }

    /// What it must be, to go after "must be".
    String wanted() {
        return wanted;
    }
}
