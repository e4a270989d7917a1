package dev.pitcrew.runtime.helm;

import java.io.IOException;

/// There is no such program.
public final class HelmMissing extends IOException {
    private static final long serialVersionUID = 1;

    HelmMissing(String program, IOException cause) {
        super("%s can't be started; name the helm program by --helm".formatted(program), cause);
    }
}
