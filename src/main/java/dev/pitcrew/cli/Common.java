package dev.pitcrew.cli;

/// Where the options that every verb has stand in its help: after the verb's own, in this order.
final class Common {
    static final int ENVIRONMENT = 100;
    static final int FILE = 101;
    static final int FOLDER = 102;
    static final int FORMAT = 103;
    static final int COLOUR = 104;
    static final int HELP = 105;

    private Common() {}
}
