package dev.pitcrew.cli;

/// Colours, where a person looks at a terminal.
enum Ink {
    COLOURED,
    PLAIN;

    private static final String RESET = "\u001b[0m";

    String good(String text) {
        return paint("\u001b[32m", text);
    }

    String bad(String text) {
        return paint("\u001b[31m", text);
    }

    String quiet(String text) {
        return paint("\u001b[2m", text);
    }

    private String paint(String colour, String text) {
        return this == PLAIN || text.isEmpty() ? text : colour + text + RESET;
    }
}
