package dev.pitcrew.runtime.git;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/// The files of a folder as they were in a revision.
public final class PastFiles {
    private static final int FILES_MAX = 50_000;
    private static final long BYTES_MAX = 1L << 30;

    private final Git git;
    private final String commit;

    private PastFiles(Git git, String commit) {
        this.git = git;
        this.commit = commit;
    }

    /// Finds the revision.
    ///
    /// @param folder in the work tree
    /// @param revision as `git log` takes it
    /// @throws IOException when there is no such revision, no repository, or no `git`
    public static PastFiles of(Path folder, String revision, Duration limit) throws IOException {
        var git = new Git(folder, limit);
        // Says best what is wrong when this is no repository.
        var _ = git.text("rev-parse", "--git-dir");
        try {
            String commit =
                    git.text(
                                    "rev-parse",
                                    "--verify",
                                    "--quiet",
                                    "--end-of-options",
                                    revision + "^{commit}")
                            .strip();
            return new PastFiles(git, commit);
        } catch (IOException _) {
            throw new IOException(
                    "git knows no commit "
                            + revision
                            + " here; in a shallow clone, fetch it before (`git fetch --depth=1 origin "
                            + revision
                            + "`)");
        }
    }

    /// A regular file of the commit.
    private record Blob(String id, long size, String path) {}

    /// Copies them. Links and submodules are left out.
    ///
    /// @param wanted of path, relative to the folder, and size in bytes
    /// @param into an empty folder
    public void copy(BiPredicate<String, Long> wanted, Path into) throws IOException {
        var blobs =
                blobs().stream()
                        .filter(one -> wanted.test(one.path(), one.size()))
                        .limit(FILES_MAX)
                        .toList();
        if (blobs.stream().mapToLong(Blob::size).sum() > BYTES_MAX) {
            throw new IOException("the files of commit " + commit + " have more than 1 GiB");
        }
        var ids = new StringBuilder();
        blobs.forEach(one -> ids.append(one.id()).append('\n'));
        git.run(
                ids.toString(),
                answer -> {
                    var in = new DataInputStream(new BufferedInputStream(answer));
                    for (Blob one : blobs) {
                        write(one, in, into);
                    }
                },
                "cat-file",
                "--batch");
    }

    private List<Blob> blobs() throws IOException {
        var blobs = new ArrayList<Blob>();
        for (String entry : git.list("ls-tree", "-r", "-l", "-z", "--end-of-options", commit)) {
            int tab = entry.indexOf('\t');
            String[] head = entry.substring(0, Math.max(0, tab)).split(" +", -1);
            if (head.length == 4 && head[0].startsWith("100")) {
                blobs.add(new Blob(head[2], Long.parseLong(head[3]), entry.substring(tab + 1)));
            }
        }
        return blobs;
    }

    private static void write(Blob one, DataInputStream in, Path into) throws IOException {
        String head = line(in);
        if (!head.equals(one.id() + " blob " + one.size())) {
            throw new IOException("git has no content of " + one.path() + ": " + head);
        }
        byte[] bytes = in.readNBytes(Math.toIntExact(one.size()));
        in.skipNBytes(1); // the end of its line
        Path file = into.resolve(one.path()).normalize();
        if (file.startsWith(into)
                && !file.equals(into)) { // whoever made the tree may be nobody's friend
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, bytes);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c != -1; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /// What lies in the folder now and belongs to no commit of it: files that Git ignores, and submodules, which end with a slash.
    public Set<String> apart() throws IOException {
        var apart =
                new HashSet<String>(
                        git.list("ls-files", "-z", "--others", "--ignored", "--exclude-standard"));
        for (String entry : git.list("ls-files", "-z", "--stage")) {
            if (entry.startsWith("160000")) {
                apart.add(entry.substring(entry.indexOf('\t') + 1) + "/");
            }
        }
        return apart;
    }

    /// What a `git` command says.
    interface Answer {
        void read(InputStream in) throws IOException;
    }

    static List<String> parts(byte[] answer) {
        return List.of(new String(answer, StandardCharsets.UTF_8).split("\0", -1)).stream()
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
