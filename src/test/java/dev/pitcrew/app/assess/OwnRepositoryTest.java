package dev.pitcrew.app.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.Finding;
import dev.pitcrew.model.Problem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `./pitcrew assess` of this repository: whatever it finds has its reason written down, or is mended.
class OwnRepositoryTest {
    @Test
    void nothing_that_is_found_is_left_without_an_explanation() throws IOException {
        var assessment = Assess.assess(Path.of("."), Checks.ALL, Assessed.TODAY);

        assertThat(assessment.findings()).extracting(OwnRepositoryTest::text).isEmpty();
        assertThat(assessment.problems()).extracting(Problem::toString).isEmpty();
        assertThat(assessment.notes()).extracting(Problem::toString).isEmpty();
        assertThat(assessment.suppressed()).isNotEmpty();
    }

    private static String text(Finding one) {
        return one.check().code() + " " + one.place() + ": " + one.what();
    }
}
