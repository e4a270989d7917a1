package dev.pitcrew.runtime.ledger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A folder on another host as the system file names it, and the `ssh` command that leads there: never a question at a terminal, and never
/// a host whose key is not known already.
///
/// @param login `user@host`
/// @param port empty: the one that ssh takes by itself
/// @param folder absolute, on the other host
public record SshTarget(String login, Optional<Integer> port, String folder) {
    private static final Pattern SHORT =
            Pattern.compile("([^\\s@:/-][^\\s@:/]*@[^\\s@:/-][^\\s@:/]*):(/\\S*)");
    private static final Pattern LONG =
            Pattern.compile(
                    "ssh://([^\\s@:/-][^\\s@:/]*@[^\\s@:/-][^\\s@:/]*)(?::([0-9]{1,5}))?(/\\S*)");

    /// @param text `user@host:/path`, or `ssh://user@host:port/path`
    /// @throws IllegalArgumentException when it is neither
    public static SshTarget parse(String text) {
        var whole = LONG.matcher(text);
        if (whole.matches()) {
            return new SshTarget(
                    whole.group(1),
                    Optional.ofNullable(whole.group(2)).map(Integer::valueOf),
                    whole.group(3));
        }
        var brief = SHORT.matcher(text);
        if (brief.matches()) {
            return new SshTarget(brief.group(1), Optional.empty(), brief.group(2));
        }
        throw new IllegalArgumentException(
                "a witness by ssh is user@host:/path or ssh://user@host:port/path, got " + text);
    }

    /// The command and its options up to the target.
    ///
    /// @param identity the private key's file; empty: those that ssh takes by itself
    /// @param knownHosts the file that has the host's key; empty: those that ssh takes by itself
    /// @param connectSeconds how long a connection may take, at least 1
    public List<String> command(
            Optional<Path> identity, Optional<Path> knownHosts, long connectSeconds) {
        var command =
                new ArrayList<>(
                        List.of(
                                "ssh",
                                "-T",
                                "-o",
                                "BatchMode=yes",
                                "-o",
                                "StrictHostKeyChecking=yes",
                                "-o",
                                "ConnectTimeout=" + connectSeconds,
                                "-o",
                                "ServerAliveInterval=" + connectSeconds,
                                "-o",
                                "ServerAliveCountMax=1"));
        knownHosts.ifPresent(
                file ->
                        command.addAll(
                                List.of(
                                        "-o",
                                        "UserKnownHostsFile=" + file,
                                        "-o",
                                        "GlobalKnownHostsFile=/dev/null")));
        identity.ifPresent(
                file -> command.addAll(List.of("-i", file.toString(), "-o", "IdentitiesOnly=yes")));
        port.ifPresent(number -> command.addAll(List.of("-p", number.toString())));
        command.add(login);
        return List.copyOf(command);
    }
}
