package dev.pitcrew.cli;

import java.io.PrintWriter;

/// A command that can run without options. Given none, it runs without picocli, whose set-up takes
/// longer than all the rest of a short verb; picocli still answers `--help` and wrong options.
interface Plain {
    /// Does the verb's work.
    ///
    /// @param out where results go
    ExitCode print(PrintWriter out);
}
