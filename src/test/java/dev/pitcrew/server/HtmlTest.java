package dev.pitcrew.server;

import static dev.pitcrew.server.Html.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void a_string_is_always_text() {
        assertThat(Html.page(tag("p", "a < b & \"c\" 'd'", tag("b", "<i>"))))
                .isEqualTo(
                        "<!doctype html>\n<p>a &lt; b &amp; &quot;c&quot; &#39;d&#39;<b>&lt;i&gt;</b></p>\n");
    }

    @Test
    void an_attribute_can_not_be_left() {
        assertThat(Html.page(tag("p").with("title", "\"><script>")))
                .contains("title=\"&quot;&gt;&lt;script&gt;\"");
    }

    @Test
    void control_characters_are_replaced() {
        assertThat(Html.page(tag("p", "a\u0000b\u001bc"))).contains("<p>a\uFFFDb\uFFFDc</p>");
    }

    @Test
    void nothing_leads_out_of_the_console_or_runs_a_script() {
        for (var address : new String[] {"javascript:alert(1)", "//evil", "https://evil", ""}) {
            assertThatThrownBy(() -> tag("a").with("href", address))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (var attribute : new String[] {"onclick", "style", "a b", "\">"}) {
            assertThatThrownBy(() -> tag("a").with(attribute, "x"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void no_element_has_a_name_that_is_markup() {
        assertThatThrownBy(() -> tag("p><script")).isInstanceOf(IllegalArgumentException.class);
    }
}
