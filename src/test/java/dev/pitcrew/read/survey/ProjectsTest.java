package dev.pitcrew.read.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.infra.Container;
import dev.pitcrew.read.survey.Project.Kind;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class ProjectsTest {
    private static final String ONE = "services: {web: {image: 'nginx:1.27'}}\n";

    @Test
    void an_example_stands_for_itself_and_so_do_tests() {
        var projects =
                of(
                        "compose.yml",
                        "examples/a/compose.yml",
                        "examples/b/deploy/compose.yml",
                        "tests/compose.yml");

        assertThat(projects)
                .extracting(Project::root, Project::kind, ProjectsTest::places)
                .containsExactly(
                        tuple("", Kind.OWN, "compose.yml"),
                        tuple("examples/a", Kind.EXAMPLE, "examples/a/compose.yml"),
                        tuple("examples/b", Kind.EXAMPLE, "examples/b/deploy/compose.yml"),
                        tuple("tests", Kind.TEST, "tests/compose.yml"));
    }

    @Test
    void each_of_many_charts_is_by_itself() {
        var files =
                List.of("a", "b", "c", "d", "e").stream()
                        .map(
                                chart ->
                                        new SourceFile(
                                                "charts/" + chart + "/templates/x.yaml",
                                                "apiVersion: v1\nkind: ConfigMap\n"))
                        .toList();

        assertThat(Projects.of(Surveyor.survey(new Sources(files), Formats.ALL)))
                .extracting(Project::root)
                .contains("charts/a", "charts/e");
    }

    @Test
    void many_that_lie_side_by_side_are_each_by_itself() {
        var projects =
                of(
                        "a/compose.yml",
                        "b/compose.yml",
                        "c/compose.yml",
                        "d/compose.yml",
                        "e/docker-compose.yaml");

        assertThat(projects).extracting(Project::root).containsExactly("", "a", "b", "c", "d", "e");
        assertThat(projects.getLast().kind()).isEqualTo(Kind.ONE_OF_MANY);
    }

    @Test
    void few_beside_each_other_and_many_around_one_are_one_system() {
        assertThat(of("a/compose.yml", "b/compose.yml", "c/compose.yml", "d/compose.yml"))
                .hasSize(1);
        assertThat(
                        of(
                                "compose.yml",
                                "a/compose.yml",
                                "b/compose.yml",
                                "c/compose.yml",
                                "d/compose.yml",
                                "e/compose.yml"))
                .hasSize(1);
    }

    @Test
    void what_tests_read_is_left_out_and_counted() {
        var survey =
                Surveyor.survey(
                        sources(
                                "compose.yml",
                                "src/test/fuzz/compose.yml",
                                "app/fixtures/compose.yml"),
                        Formats.ALL);

        assertThat(survey.files()).extracting(file -> file.path()).containsExactly("compose.yml");
        assertThat(survey.leftOut()).isEqualTo(2);
    }

    private static Tuple tuple(Object... values) {
        return Tuple.tuple(values);
    }

    private static String places(Project project) {
        return String.join(
                " ",
                project.survey().all(Container.class).stream()
                        .map(one -> one.place().file())
                        .toList());
    }

    private static List<Project> of(String... paths) {
        return Projects.of(Surveyor.survey(sources(paths), Formats.ALL));
    }

    private static Sources sources(String... paths) {
        return new Sources(Arrays.stream(paths).map(path -> new SourceFile(path, ONE)).toList());
    }
}
