package dev.pitcrew.app.harden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.app.harden.Hardening.Why;
import dev.pitcrew.assess.Checks;
import dev.pitcrew.assess.fix.Fix.Reach;
import dev.pitcrew.read.survey.SourceFile;
import dev.pitcrew.read.survey.Sources;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How fixes look in files that are written otherwise than the examples of pages.
class HardenTest {
    @Test
    void a_key_is_added_with_the_indentation_and_the_comments_of_the_file() {
        assertThat(
                        mended(
                                """
                                # the desk
                                services:
                                    executor:   # sends orders
                                        image: 'ghcr.io/desk/executor:1.4.2'

                                        environment:
                                            TRADING_MODE: "live"
                                            DRAIN_TIMEOUT: 45s   # as the venue asks
                                        # and that was all

                                    dashboard:
                                        image: grafana/grafana:11.3.0
                                """))
                .isEqualTo(
                        """
                        # the desk
                        services:
                            executor:   # sends orders
                                image: 'ghcr.io/desk/executor:1.4.2'

                                environment:
                                    TRADING_MODE: "live"
                                    DRAIN_TIMEOUT: 45s   # as the venue asks
                                stop_grace_period: 60s
                                # and that was all

                            dashboard:
                                image: grafana/grafana:11.3.0
                        """);
    }

    @Test
    void a_volume_goes_where_this_version_of_the_image_keeps_its_data() {
        assertThat(
                        mended(
                                """
                                services:
                                  db:
                                    image: postgres:18.4
                                """))
                .contains("volumes: [db-data:/var/lib/postgresql]\n");
        assertThat(
                        mended(
                                """
                                services:
                                  db:
                                    image: postgres:17-alpine
                                """))
                .contains("volumes: [db-data:/var/lib/postgresql/data]\n");
    }

    @Test
    void copies_that_have_names_of_their_own_are_not_taken_away() {
        String set =
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: order-gateway}
                spec:
                  replicas: 2
                  template:
                    spec:
                      containers: [{name: order-gateway, image: "desk/order-gateway:1.2"}]
                """;

        assertThat(copies(set)).isEqualTo("replicas: 2");
        assertThat(copies(set.replace("StatefulSet", "Deployment"))).isEqualTo("replicas: 1");
    }

    private static String copies(String manifest) {
        var sources = new Sources(List.of(new SourceFile("gateway.yaml", manifest)));
        return harden(sources).after().file("gateway.yaml").orElseThrow().line(5).strip();
    }

    @Test
    void an_index_is_built_beside_writes_only_where_its_migration_does_nothing_else() {
        String index = "CREATE INDEX orders_by_symbol ON orders (symbol);\n";
        String other = "ALTER TABLE orders ADD COLUMN parent text;\n";

        assertThat(migrated(index)).contains("CONCURRENTLY");
        assertThat(migrated(other + index)).doesNotContain("CONCURRENTLY");
    }

    private static String migrated(String second) {
        var files =
                List.of(
                        new SourceFile(
                                "db/migrations/V1__orders.sql",
                                "CREATE TABLE orders (id bigserial PRIMARY KEY, symbol text NOT NULL);\n"),
                        new SourceFile("db/migrations/V2__index.sql", second));
        return harden(new Sources(files))
                .after()
                .file("db/migrations/V2__index.sql")
                .orElseThrow()
                .text();
    }

    @Test
    void an_alert_is_mended_in_its_own_file_where_two_desks_have_one_of_that_name() {
        var check = Checks.of("TRD-078").orElseThrow();
        var files = new ArrayList<SourceFile>();
        for (String desk : List.of("asia", "europe")) {
            for (SourceFile file : FixLawsTest.example(check).all()) {
                String text = file.text().replace("desk_last", desk + "_last");
                files.add(new SourceFile(desk + "/" + file.path(), text));
            }
        }

        var mended = harden(new Sources(files)).mended();

        assertThat(mended)
                .filteredOn(one -> one.finding().check().equals(check.id()))
                .hasSize(2)
                .allSatisfy(
                        one ->
                                assertThat(one.edits())
                                        .extracting(Edit::file)
                                        .containsOnly(one.finding().place().file()));
    }

    @Test
    void a_value_keeps_its_quotes_and_its_comment() {
        assertThat(
                        mended(
                                """
                                services:
                                  executor: {image: "ghcr.io/desk/executor:1.4.2", environment: {TRADING_MODE: live}, deploy: {replicas: 3 }} # three
                                """))
                .isEqualTo(
                        """
                        services:
                          executor: {image: "ghcr.io/desk/executor:1.4.2", environment: {TRADING_MODE: live}, deploy: {replicas: 1 }} # three
                        """);
    }

    @Test
    void a_key_goes_into_a_mapping_in_braces_at_its_end() {
        assertThat(
                        mended(
                                """
                                services:
                                  executor: {image: "ghcr.io/desk/executor:1.4.2", environment: {TRADING_MODE: live, DRAIN_TIMEOUT: 45s} }
                                """))
                .isEqualTo(
                        """
                        services:
                          executor: {image: "ghcr.io/desk/executor:1.4.2", environment: {TRADING_MODE: live, DRAIN_TIMEOUT: 45s}, stop_grace_period: 60s }
                        """);
    }

    @Test
    void what_several_services_share_by_an_anchor_is_not_changed_for_one_of_them() {
        String shared =
                """
                x-common: &common
                  deploy: {replicas: 2}
                services:
                  executor:
                    <<: *common
                    image: ghcr.io/desk/executor:1.4.2
                    environment: {TRADING_MODE: live}
                  web:
                    <<: *common
                    image: ghcr.io/desk/web:2.0.0
                """;

        var hardening = harden(shared);

        assertThat(hardening.after().file("compose.yaml").orElseThrow().text())
                .contains("replicas: 2");
        assertThat(hardening.byHand())
                .filteredOn(one -> one.finding().check().code().equals("TRD-001"))
                .extracting(Hardening.ByHand::why)
                .containsExactly(Why.NOT_PROVEN);
    }

    @Test
    void two_findings_of_one_service_are_mended_one_after_the_other() {
        var hardening =
                harden(
                        """
                        services:
                          executor:
                            image: ghcr.io/desk/executor:1.4.2
                            environment: {TRADING_MODE: live, DRAIN_TIMEOUT: 45s}
                            ports: ["8080:8080", "9090:9090"]
                            deploy: {replicas: 2}
                        """);

        assertThat(hardening.after().file("compose.yaml").orElseThrow().text())
                .isEqualTo(
                        """
                        services:
                          executor:
                            image: ghcr.io/desk/executor:1.4.2
                            environment: {TRADING_MODE: live, DRAIN_TIMEOUT: 45s}
                            ports: ["127.0.0.1:8080:8080", "127.0.0.1:9090:9090"]
                            deploy: {replicas: 1}
                            stop_grace_period: 60s
                        """);
        assertThat(hardening.byHand()).isEmpty();
    }

    @Test
    void fixes_of_all_checks_together_hold_as_well() {
        var files = new ArrayList<SourceFile>();
        for (var check : Checks.ALL) {
            FixLawsTest.example(check)
                    .all()
                    .forEach(
                            file ->
                                    files.add(
                                            new SourceFile(
                                                    "s-"
                                                            + check.id()
                                                                    .code()
                                                                    .toLowerCase(
                                                                            java.util.Locale.ROOT)
                                                            + "/"
                                                            + file.path(),
                                                    file.text())));
        }

        var first = harden(new Sources(files));
        var second = harden(first.after());

        assertThat(first.mended()).hasSizeGreaterThan(20);
        assertThat(second.mended()).isEmpty();
        assertThat(second.before().findings().size() + first.mended().size())
                .isLessThanOrEqualTo(first.before().findings().size());
    }

    private static String mended(String compose) {
        return harden(compose).after().file("compose.yaml").orElseThrow().text();
    }

    private static Hardening harden(String compose) {
        return harden(new Sources(List.of(new SourceFile("compose.yaml", compose))));
    }

    private static Hardening harden(Sources sources) {
        return Harden.harden(
                sources, List.of(), Checks.ALL, LocalDate.EPOCH, false, _ -> true, Reach.BEHAVIOUR);
    }
}
