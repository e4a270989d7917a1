package dev.pitcrew.runtime.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Makes lines of what a container prints: the engine sends pieces, which may begin and end anywhere.
final class Printed extends ResultCallback.Adapter<Frame> {
    private final Consumer<String> each;
    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    /// @param each is told of each line as it comes
    Printed(Consumer<String> each) {
        this.each = each;
    }

    @Override
    public synchronized void onNext(Frame frame) {
        for (var letter : frame.getPayload()) {
            if (letter == '\n') {
                line();
            } else {
                rest.write(letter);
            }
        }
    }

    private void line() {
        var line = rest.toString(UTF_8);
        rest.reset();
        lines.add(line);
        each.accept(line);
    }

    /// All lines, once the engine has sent them.
    List<String> all() {
        try {
            awaitCompletion();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (rest.size() > 0) {
                line();
            }
            return List.copyOf(lines);
        }
    }
}
