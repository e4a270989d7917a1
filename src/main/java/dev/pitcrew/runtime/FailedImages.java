package dev.pitcrew.runtime;

import dev.pitcrew.deploy.Desk;
import dev.pitcrew.deploy.Release;
import dev.pitcrew.deploy.Rollout;
import dev.pitcrew.deploy.ServiceState;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/// The images of releases that were not good.
final class FailedImages {
    private FailedImages() {}

    /// Their digests, without those of anything that runs, is approved, is the last good one or is on its way there.
    static Set<String> of(Desk desk) {
        var failed = new HashSet<String>();
        for (var service : desk.services().values()) {
            service.keep().releases().failed().forEach(one -> failed.add(one.binary()));
        }
        desk.services().values().stream()
                .flatMap(FailedImages::needed)
                .map(Release::binary)
                .forEach(failed::remove);
        failed.remove("");
        return failed;
    }

    private static Stream<Release> needed(ServiceState service) {
        var releases = service.keep().releases();
        return Stream.of(
                        releases.approved().stream(),
                        releases.lastGood().stream(),
                        service.roster().instances().values().stream(),
                        service.rollout().stream()
                                .filter(one -> !(one instanceof Rollout.Over))
                                .map(one -> one.plan().to()))
                .flatMap(all -> all);
    }
}
