package dev.pitcrew.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Keep;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Roster;
import dev.pitcrew.deploy.ServiceState;
import dev.pitcrew.model.StateFormats;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailedImagesTest {
    private static final Release ONE = release("1", "aaa");
    private static final Release TWO = release("2", "bbb");
    private static final Release THREE = release("3", "ccc");
    private static final Release FOUR = release("4", "ddd");

    @Test
    void an_image_that_failed_and_that_nothing_needs_is_garbage() {
        var desk =
                desk(
                        Map.of(
                                "gateway", kept(Optional.of(ONE), Optional.of(TWO), Set.of(THREE)),
                                "front", kept(Optional.of(ONE), Optional.empty(), Set.of())));

        assertThat(FailedImages.of(desk)).containsExactly("ccc");
    }

    @Test
    void one_that_another_version_or_another_service_needs_stays() {
        var again = release("3-again", "ccc"); // the same image, with another configuration
        var desk =
                desk(
                        Map.of(
                                "gateway",
                                        kept(Optional.of(ONE), Optional.of(again), Set.of(THREE)),
                                "front", kept(Optional.of(FOUR), Optional.empty(), Set.of(TWO)),
                                "feed", kept(Optional.of(TWO), Optional.empty(), Set.of(FOUR))));

        assertThat(FailedImages.of(desk)).isEmpty();
    }

    @Test
    void a_process_has_no_image() {
        var desk =
                desk(
                        Map.of(
                                "gateway",
                                kept(
                                        Optional.of(ONE),
                                        Optional.empty(),
                                        Set.of(release("2", "")))));

        assertThat(FailedImages.of(desk)).isEmpty();
    }

    private static Desk desk(Map<String, ServiceState> services) {
        return new Desk(services, Optional.empty(), 0, new LinkedHashMap<>());
    }

    private static ServiceState kept(
            Optional<Release> approved, Optional<Release> lastGood, Set<Release> failed) {
        var keep =
                new Keep(
                        new Keep.Releases(approved, lastGood, Instant.EPOCH, failed),
                        Keep.NOTHING.losses(),
                        Optional.empty(),
                        Optional.empty(),
                        0);
        return new ServiceState(
                Roster.empty("any"), keep, Optional.empty(), false, Set.of(), List.of());
    }

    private static Release release(String version, String image) {
        return new Release(version, image, "", "", new StateFormats("none", Set.of("none")));
    }
}
