package dev.pitcrew.runtime.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Processes of the trading system, by the name of the instance.
///
/// They outlive us: stopping, killing or upgrading the controller never touches one, and whoever comes next finds them
/// again. Every call may block for as long as it says and may be repeated without harm; any thread may call.
public interface Processes {
    /// Starts the process unless one of that instance already lives. Returns when it is on its way, at most 5 s later;
    /// a program that can't be run shows up as [ProcessState.Exited] with code 126 or 127.
    Started start(ProcessSpec spec);

    /// Takes over a container that somebody else started, as it runs: it is that instance from now on, here and for whoever comes next. The engine
    /// starts it no more by itself; nothing else of it is changed.
    default Started adopt(AdoptSpec spec) {
        return new Started.Refused(
                "only containers can be taken over, and %s is to be a process"
                        .formatted(spec.instance()));
    }

    /// What is known of the instance now; takes well under a millisecond while it runs.
    ProcessState state(String instance);

    /// Asks it to end (SIGTERM), and after the grace kills it and all that it started.
    ///
    /// @return its state afterwards; only [ProcessState#dead] confirms the end
    ProcessState stop(String instance, Duration grace);

    /// Kills it and all that it started (SIGKILL), and waits up to 2 s for the confirmation. Works on a stopped process
    /// too.
    ///
    /// @return its state afterwards; only [ProcessState#dead] confirms the end
    ProcessState kill(String instance);

    /// All instances that were ever started here and not forgotten, in the order of their names.
    List<KnownProcess> known();

    /// What it and all that it started use now; empty when it does not run, or its processes are not of this host.
    default Optional<ResourceUse> use(String instance) {
        return Optional.empty();
    }

    /// Drops what is stored about an instance that is dead, or that was made and never started, which then can't be any more; does nothing when
    /// it runs or nobody knows.
    void forget(String instance);

    /// Calls back soon (at once, or within 20 ms on an old kernel) after each death, once for each process, on a thread of this port's own; the
    /// callback hands over and returns.
    ///
    /// @return to be closed when nobody listens any more
    Watching watch(BiConsumer<String, ProcessState> onDeath);

    /// Ends a [watch][Processes#watch].
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
