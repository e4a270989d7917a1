package dev.pitcrew.cli;

/// Which ink a verb without a desk writes with.
final class Inks {
    private Inks() {}

    /// Colours, when the launcher saw a terminal and NO_COLOR is unset.
    static Ink ofTerminal() {
        return Boolean.getBoolean("pitcrew.colour") ? Ink.COLOURED : Ink.PLAIN;
    }
}
