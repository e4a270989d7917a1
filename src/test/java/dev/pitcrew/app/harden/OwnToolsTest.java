package dev.pitcrew.app.harden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.fix.Fix.Reach;
import dev.pitcrew.assess.fix.Fixes;
import dev.pitcrew.read.survey.Repository;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a file's own tool takes, it takes after all fixes as well: in the bad example of each check's page, and in the example desks.
/// `-Dfield=FOLDER` adds the repositories in a folder.
class OwnToolsTest {
    private static final Map<String, Hardening> HARDENED = new LinkedHashMap<>();

    @TempDir Path folder;

    @BeforeAll
    static void hardenAll() throws IOException {
        for (var check : Checks.ALL) {
            if (Fixes.has(check.id())) {
                HARDENED.put(check.id().code(), hardened(FixLawsTest.example(check)));
            }
        }
        for (String desk : List.of("compose-desk", "kubernetes-desk")) {
            HARDENED.put(desk, hardened(Repository.read(Path.of("examples", desk)).sources()));
        }
        String field = System.getProperty("field");
        if (field != null) {
            try (var all = Files.newDirectoryStream(Path.of(field))) {
                for (Path one : all) {
                    HARDENED.put(
                            String.valueOf(one.getFileName()),
                            hardened(Repository.read(one).sources()));
                }
            }
        }
    }

    private static Hardening hardened(Sources sources) {
        return Harden.harden(
                sources, List.of(), Checks.ALL, LocalDate.EPOCH, false, _ -> true, Reach.BEHAVIOUR);
    }

    static List<OwnTool> tools() {
        return OwnTool.all();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void what_a_tool_takes_it_takes_after_all_fixes(OwnTool tool)
            throws IOException, InterruptedException {
        assumeTrue(tool.found().isPresent(), "there is no " + tool.program());
        var broken = new ArrayList<String>();
        int taken = 0;
        for (var one : HARDENED.entrySet()) {
            Path before = folder.resolve(one.getKey()).resolve("before");
            Path after = folder.resolve(one.getKey()).resolve("after");
            for (String path : one.getValue().changes().keySet()) {
                var old = one.getValue().before().sources().file(path);
                if (old.isEmpty() || !tool.isFor().test(old.get())) {
                    continue;
                }
                write(before, one.getValue().before().sources());
                write(after, one.getValue().after());
                if (tool.against(before.resolve(path)).isPresent()) {
                    continue;
                }
                taken++;
                tool.against(after.resolve(path)).ifPresent(broken::add);
            }
        }

        assertThat(broken).isEmpty();
        assertThat(taken).as("files that it took before").isPositive();
    }

    private static void write(Path folder, Sources sources) throws IOException {
        if (Files.exists(folder)) {
            return;
        }
        for (SourceFile file : sources.all()) {
            Path path = folder.resolve(file.path());
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(path, file.text());
        }
    }
}
