package dev.pitcrew.runtime.process;

/// An instance, and which of its processes: a pid alone may be another's by now.
///
/// @param instance its name
/// @param pid the process id
/// @param startTicks clock ticks from boot to its start
record Identity(String instance, long pid, long startTicks) {
    /// Whether the process with this pid is still, or was until now, that very one.
    boolean holdsItsPid() {
        return ProcStat.of(pid).filter(now -> now.startTicks() == startTicks).isPresent();
    }
}
