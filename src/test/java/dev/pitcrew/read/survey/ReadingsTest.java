package dev.pitcrew.read.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a format says is taken over from a copy of the repository before, as long as neither its files nor what it asked for changed.
class ReadingsTest {
    private static final SourceFile CLAIMED = new SourceFile("a.one", "a");
    private static final SourceFile ASKED = new SourceFile("b.env", "b");
    private static final SourceFile OTHER = new SourceFile("c.txt", "c");

    /// Claims `.one`, and asks for `b.env`, or for all files.
    private record Asking(boolean isForAll) implements Format {
        @Override
        public String name() {
            return "asking";
        }

        @Override
        public boolean claims(SourceFile file) {
            return file.name().endsWith(".one");
        }

        @Override
        public void read(List<SourceFile> files, Sources sources, Found found) {
            String said =
                    isForAll
                            ? String.valueOf(sources.all().size())
                            : sources.file("b.env").map(SourceFile::text).orElse("nothing");
            found.problem(files.getFirst().place(1, 1), said);
            times.add(said);
        }

        private static final List<String> times = new ArrayList<>();
    }

    private final Readings readings = new Readings();

    private List<String> said(boolean isForAll, SourceFile... files) {
        Asking.times.clear();
        var survey =
                Surveyor.survey(
                        new Sources(List.of(files)), List.of(new Asking(isForAll)), readings);
        return survey.problems().stream()
                .map(one -> one.message() + (Asking.times.isEmpty() ? ", as before" : ""))
                .toList();
    }

    @Test
    void an_edit_elsewhere_leaves_what_a_format_says() {
        assertThat(said(false, CLAIMED, ASKED, OTHER)).containsExactly("b");
        assertThat(said(false, CLAIMED, ASKED, new SourceFile("c.txt", "other")))
                .containsExactly("b, as before");
    }

    @Test
    void an_edit_of_what_it_asked_for_is_read() {
        assertThat(said(false, CLAIMED, ASKED)).containsExactly("b");
        assertThat(said(false, CLAIMED, new SourceFile("b.env", "other"))).containsExactly("other");
        assertThat(said(false, CLAIMED)).containsExactly("nothing");
        assertThat(said(false, CLAIMED, ASKED)).containsExactly("b, as before");
    }

    @Test
    void any_edit_is_read_where_it_asked_for_all() {
        assertThat(said(true, CLAIMED)).containsExactly("1");
        assertThat(said(true, CLAIMED, OTHER)).containsExactly("2");
        assertThat(said(true, CLAIMED, OTHER)).containsExactly("2, as before");
    }

    @Test
    void an_edit_of_its_own_file_is_read() {
        assertThat(said(false, CLAIMED, ASKED)).containsExactly("b");
        assertThat(said(false, new SourceFile("a.one", "other"), ASKED)).containsExactly("b");
    }
}
