package dev.pitcrew.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.Place;
import dev.pitcrew.read.survey.SourceFile;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildKitNeedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# syntax=docker/dockerfile:1/FROM scratch | 1 | # syntax=docker/dockerfile:1",
                "FROM a/RUN --mount=type=cache,target=/c make | 2 | RUN --mount=type=cache,target=/c",
                "FROM a/RUN true/COPY --chmod=755 b c | 3 | COPY --chmod=755",
                "FROM a/ADD --checksum=sha256:1 http://b c | 2 | ADD --checksum=sha256:1",
                "FROM a/RUN <<EOF/make/EOF | 2 | RUN <<EOF",
                "FROM a AS one/RUN --network=none x/FROM b/RUN y | 2 | RUN --network=none"
            })
    void what_only_buildkit_knows_is_named_with_its_line(String lines, int line, String what) {
        assertThat(of(lines))
                .hasValueSatisfying(
                        one -> {
                            assertThat(one.place().line()).isEqualTo(line);
                            assertThat(one.what()).isEqualTo(what);
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FROM a AS one/COPY --chown=1 b c/FROM one/COPY --from=one b c",
                "# escape=\\/# a comment = no directive/FROM a",
                "FROM a/# syntax=docker/dockerfile:1",
                "FROM a/RUN echo $((1<<2)) > b/CMD [\"cat\", \"<<EOF\"]"
            })
    void what_the_engine_builds_by_itself_needs_nothing(String lines) {
        assertThat(of(lines)).isEmpty();
    }

    @Test
    void a_need_says_where_it_stands() {
        assertThat(of("FROM a/RUN --mount=type=ssh b").orElseThrow().place())
                .isEqualTo(new Place("gateway/Dockerfile", 2, 5));
    }

    /// @param lines with `/` for a line break before an instruction, a comment or the end of a here-document
    private static Optional<BuildKitNeed> of(String lines) {
        return BuildKitNeed.of(
                new SourceFile(
                        "gateway/Dockerfile",
                        lines.replaceAll("/(?=(FROM|RUN|COPY|ADD|CMD|#|EOF|make))", "\n") + "\n"));
    }
}
