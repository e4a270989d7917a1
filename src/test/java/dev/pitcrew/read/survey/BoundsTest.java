package dev.pitcrew.read.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.pitcrew.app.assess.Assess;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.model.infra.Survey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is made to take for ever: bombs, a line of a megabyte, nests without end. The deadline only catches what runs away.
class BoundsTest {
    private static final Duration RUNAWAY = Duration.ofSeconds(60);
    private static final int MEGABYTE = 1 << 20;

    /// A file of each format, and what it begins with so that its reader takes it.
    private static final String[][] FILES = {
        {"docker-compose.yml", "services:\n  a:\n    image: "},
        {"k8s/a.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: "},
        {"chart/templates/a.yaml", "{{ .Values.a }}: "},
        {".github/workflows/a.yml", "on: push\njobs:\n  a:\n    steps:\n    - run: "},
        {".gitlab-ci.yml", "a:\n  script: "},
        {"prometheus.yml", "scrape_configs:\n- job_name: "},
        {"rules.yml", "groups:\n- rules:\n  - alert: a\n    expr: a"},
        {"alertmanager.yml", "route:\n  receiver: x\nreceivers:\n- name: "},
        {"nginx.conf", "server {\nlisten 1;\n"},
        {"haproxy.cfg", "frontend a\n  bind :1\n"},
        {"Dockerfile", "FROM a\nRUN "},
        {"a.sh", "#!/bin/sh\n"},
        {"a.service", "[Service]\nExecStart="},
        {"a.timer", "[Timer]\nOnCalendar="},
        {"db/V1__a.sql", "CREATE TABLE orders (a "},
        {
            "db/versions/a.py",
            "revision = 'a'\ndown_revision = None\ndef upgrade():\n    op.execute("
        },
        {"postgresql.conf", "fsync = on\nshared_buffers = "},
        {"redis.conf", "appendonly yes\nsave "},
        {"live.env", "A="},
        {"requirements.txt", "ccxt"},
        {"pyproject.toml", "[project]\ndependencies = ["},
        {"pom.xml", "<dependency><groupId>"},
        {"package.json", "{\"dependencies\": {\"ccxt\": \""},
        {".gitignore", "a\n"},
        {"metrics.py", "import prometheus_client\nCounter('a"},
        {"config/a.yml.tmpl", ""},
        {"main.tf", "resource \"aws_instance\" \"a\" {\n  ami = "},
        {"terraform.tfvars", "a = "},
        {"template.yaml", "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  A:\n    Type: "},
        {"site.yml", "- hosts: all\n  tasks:\n  - command: "},
        {"inventory/hosts.ini", "[gateway]\na "},
        {"Jenkinsfile", "pipeline {\n  stages {\n    stage('a') { steps { sh "},
        {"server.properties", "broker.id=1\nlog.dirs="},
        {"rabbitmq.conf", "listeners.tcp.default = "},
        {"db/changelog.xml", "<databaseChangeLog><changeSet id=\""},
        {
            "a/migrations/0001_a.py",
            "from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = ["
        },
    };

    @Test
    void a_line_of_a_megabyte_ends() {
        ends(
                MEGABYTE, "", "x", " ", "{", "[", "(", ")", "\"", "'", "a {", "- ", "\\\"", "${",
                "$(", "{{", "*", "(a+", "a=", "<<E ", "/*", "$$", "`", "&a ", ": ", "server ", "\\",
                "-", "\t", ", ");
    }

    @Test
    void a_quarter_of_a_megabyte_of_lines_ends() {
        ends(
                MEGABYTE / 4,
                "\n",
                "\n",
                "\r\n",
                "a\n",
                "- \n",
                "#\n",
                "A=b\n",
                "[Service]\n",
                "{\n",
                "$$\n");
    }

    /// Files of each format end in so much of each of these pieces. The pieces are read on as many threads as there are cores, each with
    /// its own deadline; not on the common pool, whose threads the reading itself needs.
    private static void ends(int size, String before, String... pieces) {
        try (var threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            var faults =
                    Stream.of(pieces)
                            .map(piece -> threads.submit(() -> faults(size, before, piece)))
                            .toList()
                            .stream()
                            .flatMap(BoundsTest::result)
                            .toList();
            assertThat(faults).isEmpty();
        }
    }

    private static Stream<String> result(Future<List<String>> faults) {
        try {
            return faults.get().stream();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> faults(int size, String before, String piece) {
        var rest = before + piece.repeat(size / piece.length());
        var files = Stream.of(FILES).map(one -> new SourceFile(one[0], one[1] + rest)).toList();
        return read(piece, files).problems().stream()
                .filter(one -> one.message().contains("a fault of Pitcrew"))
                .map(one -> "'" + piece + "': " + one)
                .toList();
    }

    @Test
    void aliases_of_aliases_are_a_problem_with_a_place_and_other_files_are_read() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
        }
        var survey =
                read(
                        "aliases",
                        List.of(
                                new SourceFile("docker-compose.yml", "services: {}\n" + bomb),
                                new SourceFile("k8s/a.yaml", "kind: Pod\napiVersion: v1\n" + bomb),
                                new SourceFile("a.service", "[Service]\nExecStart=/bin/a\n")));

        assertThat(survey.problems()).isNotEmpty();
        assertThat(survey.problems())
                .allSatisfy(one -> assertThat(one.message()).contains("aliases included"));
        assertThat(survey.files()).extracting(one -> one.path()).contains("a.service");
    }

    private static Survey read(String what, List<SourceFile> files) {
        return assertTimeoutPreemptively(
                RUNAWAY,
                () ->
                        Assess.assess(new Sources(files), List.of(), Checks.ALL, LocalDate.EPOCH)
                                .subject()
                                .survey(),
                what);
    }
}
