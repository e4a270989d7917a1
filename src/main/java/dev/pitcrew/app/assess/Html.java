package dev.pitcrew.app.assess;

/// Text in HTML.
final class Html {
    private Html() {}

    /// With what HTML means by itself escaped, for elements and for quoted attributes.
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// The little of Markdown that pages of checks use in running text: code.
    static String markdown(String text) {
        return text(text)
                .replaceAll("`([^`]+)`", "<code>$1</code>")
                .replaceAll("\\*\\*([^*]+)\\*\\*", "<b>$1</b>");
    }
}
