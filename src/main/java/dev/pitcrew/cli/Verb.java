package dev.pitcrew.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// One verb as the command line knows it before it runs.
///
/// @param name the word after `pitcrew`
/// @param summary what it does, one line without a full stop; it heads the verb's own help too
/// @param command makes the picocli command, whose call answers how it ended; only the verb that runs is made, so
///     that a short one loads no class of the others
record Verb(String name, String summary, Supplier<Callable<ExitCode>> command) {}
