package dev.pitcrew.read.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.infra.Pipeline;
import dev.pitcrew.model.infra.Pipeline.Job;
import dev.pitcrew.model.infra.ShellCommand;
import dev.pitcrew.read.survey.TestingSurvey;
import org.junit.jupiter.api.Test;

/// Declarative Jenkinsfiles, as the same facts as other pipelines.
class JenkinsfilesTest {
    private static final String FILE =
            """
            pipeline {
                agent { docker { image 'maven:3' } }
                triggers { cron('30 14 * * 1-5') }
                stages {
                    stage('Test') { steps { sh 'pytest -q' } }
                    stage('Deploy') {
                        when { branch 'main' }
                        steps {
                            withCredentials([string(credentialsId: 'key', variable: 'KEY')]) {
                                sh '''
                                    ssh desk@host "systemctl restart gateway"
                                '''
                            }
                        }
                    }
                    stage('Ask') { steps { input message: 'Go on?', ok: 'Yes' } }
                    stage('All') { parallel {
                        stage('London') { steps { sh(script: "kubectl apply -f ld", returnStdout: true) } }
                    } }
                }
            }
            """;

    @Test
    void a_stage_is_a_job_that_waits_for_those_before_it_and_is_manual_once_somebody_was_asked() {
        var pipeline = TestingSurvey.of("Jenkinsfile", FILE).all(Pipeline.class).getFirst();

        assertThat(pipeline.trigger("schedule").orElseThrow().filters())
                .extracting(Located::value)
                .containsExactly("30 14 * * 1-5");
        assertThat(pipeline.jobs())
                .extracting(
                        one ->
                                "%s %s %s %s"
                                        .formatted(
                                                one.name(),
                                                one.needs().stream().map(Located::value).toList(),
                                                one.isManual(),
                                                one.condition()
                                                        .map(Located::value)
                                                        .orElse("always")))
                .containsExactly(
                        "Test [] false always",
                        "Deploy [Test] false branch main",
                        "Ask [Test, Deploy] true always",
                        "London [Test, Deploy, Ask] true always");
    }

    @Test
    void the_commands_of_a_script_stand_where_they_are_written() {
        var pipeline = TestingSurvey.of("ci/Jenkinsfile.live", FILE).all(Pipeline.class).getFirst();

        assertThat(pipeline.jobs())
                .flatExtracting(Job::commands)
                .extracting(ShellCommand::program, one -> one.place().toString())
                .contains(
                        tuple("pytest", "ci/Jenkinsfile.live:5:37"),
                        tuple("ssh", "ci/Jenkinsfile.live:11:25"),
                        tuple("kubectl", "ci/Jenkinsfile.live:18:51"));
    }

    @Test
    void a_scripted_one_is_a_program_and_is_left_alone() {
        assertThat(
                        TestingSurvey.of("Jenkinsfile", "node { stage('Deploy') { sh 'x' } }")
                                .all(Pipeline.class))
                .isEmpty();
    }
}
