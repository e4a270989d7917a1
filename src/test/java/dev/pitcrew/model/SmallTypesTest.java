package dev.pitcrew.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SmallTypesTest {
    @Test
    void an_instance_name_reads_what_it_writes() {
        var name = new InstanceName("drop-copy", 12);

        assertThat(InstanceName.parse(name.toString())).isEqualTo(name);
    }

    @Test
    void text_without_a_number_names_no_instance() {
        assertThatThrownBy(() -> InstanceName.parse("gateway"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_size_shows_in_its_largest_whole_unit() {
        assertThat(new ByteSize(256L << 20)).hasToString("256MiB");
        assertThat(new ByteSize(1536)).hasToString("1536B");
    }

    @Test
    void a_token_only_grows() {
        var token = new Token(7);

        assertThat(token.next().isNewerThan(token)).isTrue();
        assertThat(token.isNewerThan(token)).isFalse();
    }

    @Test
    void a_filled_template_is_not_filled_again() {
        var template = new Template("a ${one} b ${two} $");

        assertThat(template.variables()).containsExactly("one", "two");
        assertThat(template.fill(name -> "${" + name + "}")).isEqualTo("a ${one} b ${two} $");
    }

    @Test
    void a_version_leads_nowhere_else() {
        assertThat(Version.isVersion("3-new-format")).isTrue();
        assertThat(Version.isVersion("../3")).isFalse();
    }

    @Test
    void a_store_alone_is_no_fence() {
        var drain = new Drain(DrainPolicy.WAIT, Duration.ofSeconds(1));
        var limit = Duration.ofSeconds(1);

        assertThatThrownBy(
                        () ->
                                new SingleActive(
                                        Set.of(Fence.STORE), drain, OnFailure.PERSON, limit, limit))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
