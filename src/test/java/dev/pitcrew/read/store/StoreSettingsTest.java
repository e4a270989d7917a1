package dev.pitcrew.read.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.model.infra.Container;
import dev.pitcrew.model.infra.StoreSetting;
import dev.pitcrew.model.infra.Survey;
import dev.pitcrew.read.survey.Formats;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import dev.pitcrew.read.survey.Surveyor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What files and command lines set for stores, and where it stands.
class StoreSettingsTest {
    @Test
    void of_a_key_that_postgresql_is_told_twice_the_last_one_counts() {
        assertThat(
                        file(
                                "db/postgresql.conf",
                                """
                                # fsync = off
                                shared_buffers = 2GB
                                  Fsync off  # for now
                                archive_command = 'cp %p ''/a/%f'''
                                shared_buffers = '4GB'
                                """))
                .containsExactly(
                        "fsync=off 3:3 3:9",
                        "archive_command=cp %p ''/a/%f'' 4:1 4:19",
                        "shared_buffers=4GB 5:1 5:18");
    }

    @Test
    void redis_may_be_told_the_same_key_several_times() {
        assertThat(
                        file(
                                "redis/redis.conf",
                                """
                                save ""
                                save 900 1
                                appendonly no
                                """))
                .containsExactly("save= 1:1 1:6", "save=900 1 2:1 2:6", "appendonly=no 3:1 3:12");
    }

    @Test
    void a_sentinel_is_no_store() {
        assertThat(
                        file(
                                "redis/sentinel.conf",
                                "databases 1\nsentinel monitor orders 10.0.0.1 6379 2\n"))
                .isEmpty();
    }

    @Test
    void a_command_line_says_the_same() {
        assertThat(
                        command(
                                "postgres:16",
                                "[postgres, -c, synchronous_commit=off, --archive-mode=on]"))
                .containsExactly("synchronous_commit=off 4:29 4:29", "archive_mode=on 4:53 4:53");
        assertThat(command("redis:7", "redis-server --save \"\" --appendonly no --port 7000"))
                .containsExactly(
                        "save= 4:14 4:14", "appendonly=no 4:14 4:14", "port=7000 4:14 4:14");
    }

    @Test
    void what_another_program_is_told_is_no_setting() {
        assertThat(command("ghcr.io/desk/executor:1", "[run, --appendonly, no, -c, fsync=off]"))
                .isEmpty();
    }

    private static List<String> file(String path, String text) {
        return survey(path, text).all(StoreSetting.class).stream()
                .map(StoreSettingsTest::text)
                .toList();
    }

    private static List<String> command(String image, String command) {
        String text =
                """
                services:
                  db:
                    image: %s
                    command: %s
                """
                        .formatted(image, command);
        return survey("compose.yaml", text).all(Container.class).stream()
                .flatMap(one -> StoreSetting.of(one).stream())
                .map(StoreSettingsTest::text)
                .toList();
    }

    private static String text(StoreSetting one) {
        return "%s=%s %d:%d %d:%d"
                .formatted(
                        one.key(),
                        one.value().value(),
                        one.place().line(),
                        one.place().column(),
                        one.value().place().line(),
                        one.value().place().column());
    }

    private static Survey survey(String path, String text) {
        return Surveyor.survey(new Sources(List.of(new SourceFile(path, text))), Formats.ALL);
    }
}
