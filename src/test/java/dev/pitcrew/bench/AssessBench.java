package dev.pitcrew.bench;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.assess.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// What assessing costs in a process that has done it before, and the corpus that `bench/assess/run` takes when it is given none.
///
/// `corpus FOLDER FILES`: repositories after the pattern of our two example desks, each with names, numbers and some lines of its own, from one seed. `warm FOLDER ROUNDS`: files, lines and the
/// median of the later half of the rounds.
public final class AssessBench {
    private static final long SEED = 20261126;
    private static final List<String> DESKS = List.of("compose-desk", "kubernetes-desk");

    private AssessBench() {}

    /// @param args as above
    public static void main(String[] args) throws IOException {
        if (args[0].equals("corpus")) {
            corpus(Path.of(args[1]), Integer.parseInt(args[2]));
        } else {
            warm(Path.of(args[1]), Integer.parseInt(args[2]));
        }
    }

    private static void corpus(Path folder, int count) throws IOException {
        var random = new Random(SEED);
        int made = 0;
        for (int desk = 0; made < count; desk++) {
            var from = Path.of("examples", DESKS.get(desk % DESKS.size()));
            var to = folder.resolve("desk-%03d".formatted(desk));
            try (var files = Files.walk(from)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    if (file.toString().endsWith(".md")) {
                        continue;
                    }
                    var copy = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.writeString(copy, changed(Files.readString(file), desk, random));
                    made++;
                }
            }
        }
    }

    /// Names of its own, so that no two repositories are alike, and here and there another number.
    private static String changed(String text, int desk, Random random) {
        var changed = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            String one = line.replace("desk", "desk" + desk).replace("orders", "orders" + desk % 7);
            if (random.nextInt(20) == 0) {
                one = one.replace("30", String.valueOf(10 + random.nextInt(50)));
            }
            changed.append(one).append('\n');
        }
        return changed.toString();
    }

    private static void warm(Path folder, int rounds) throws IOException {
        long[] nanos = new long[rounds];
        int files = 0;
        int lines = 0;
        int findings = 0;
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            var assessment = Assess.assess(folder, Checks.ALL, LocalDate.EPOCH);
            nanos[round] = System.nanoTime() - begin;
            files = assessment.extent().files();
            lines = assessment.extent().lines();
            findings = assessment.findings().size();
        }
        long[] later = Arrays.copyOfRange(nanos, rounds / 2, rounds);
        Arrays.sort(later);
        System.out.printf(
                Locale.ROOT,
                "{\"files\": %d, \"lines\": %d, \"findings\": %d, \"seconds\": %.4f}%n",
                files,
                lines,
                findings,
                later[later.length / 2] / 1e9);
    }
}
