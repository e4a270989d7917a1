package dev.pitcrew.cli;

/// The text of `pitcrew --help`.
final class Usage {
    private Usage() {}

    static String text() {
        var text =
                new StringBuilder(
                        """
                        Usage: pitcrew VERB [OPTION...]
                        The operations engineer for trading systems, as software.

                        Verbs:
                        """);
        for (Verb verb : Verbs.ALL) {
            row(text, verb.name(), verb.summary());
        }
        text.append("\nOptions:\n");
        row(text, "--help", "Show this help; `pitcrew VERB --help` shows a verb's own");
        row(text, "--version", "Show the version");
        text.append("\nExit codes:\n");
        for (ExitCode code : ExitCode.values()) {
            row(text, String.valueOf(code.code()), code.meaning());
        }
        row(text, "10", "no JDK 25 was found (said by the launcher)");
        row(text, "11", "the build failed (said by the launcher)");
        return text.toString().stripTrailing();
    }

    private static void row(StringBuilder text, String name, String meaning) {
        text.append("  ").append(name).repeat(' ', Math.max(1, 12 - name.length()));
        text.append(meaning).append('\n');
    }
}
