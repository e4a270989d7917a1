package dev.pitcrew.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of another process of this very program.
final class Again {
    private Again() {}

    /// From the same ahead-of-time cache when we were started from one; the launcher says where it is.
    ///
    /// @param flags of the JVM
    /// @param arguments of ours, the verb first
    static List<String> command(List<String> flags, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr",
                        "-Xlog:aot*=off",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        var cache = System.getProperty("pitcrew.cache", "");
        if (!cache.isEmpty()) {
            command.add("-XX:AOTCache=" + cache);
            command.add("-Dpitcrew.cache=" + cache);
        }
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /// The JVM that runs us.
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
