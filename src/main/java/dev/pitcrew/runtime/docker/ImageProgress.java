package dev.pitcrew.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ResponseItem;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the engine says while it builds or pulls, line by line; how much of each layer is there in steps of a quarter.
final class ImageProgress<T extends ResponseItem> extends ResultCallback.Adapter<T> {
    private static final int STEP = 25; // percent

    private final Consumer<String> line;
    private final Map<String, String> said = new HashMap<>();
    private final StringBuilder part = new StringBuilder();
    private @Nullable String error; // null while nothing went wrong
    private @Nullable RuntimeException refusal; // null while the engine goes along

    ImageProgress(Consumer<String> line) {
        this.line = line;
    }

    @Override
    public void onNext(T item) {
        if (item.isErrorIndicated()) {
            var detail = item.getErrorDetail();
            error = detail == null ? "the engine does not say why" : detail.getMessage();
        } else if (item.getStream() != null) {
            printed(item.getStream());
        } else if (item.getStatus() != null) {
            status(item);
        }
    }

    /// The one above would print it, with all it holds.
    @Override
    public void onError(Throwable throwable) {
        refusal =
                throwable instanceof RuntimeException known
                        ? known
                        : new IllegalStateException(throwable);
        onComplete();
    }

    /// A build's output comes in pieces of lines.
    private void printed(String text) {
        part.append(text);
        int end;
        while ((end = part.indexOf("\n")) >= 0) {
            say(part.substring(0, end));
            part.delete(0, end + 1);
        }
    }

    private void status(ResponseItem item) {
        var id = item.getId() == null ? "" : item.getId();
        var now = item.getStatus() + percent(item);
        if (id.isEmpty() || !now.equals(said.put(id, now))) {
            say(id.isEmpty() ? now : id + ": " + now);
        }
    }

    private static String percent(ResponseItem item) {
        var detail = item.getProgressDetail();
        var total = detail == null ? null : detail.getTotal();
        var current = detail == null ? null : detail.getCurrent();
        return total == null || current == null || total <= 0
                ? ""
                : " %d %%".formatted(100 * current / total / STEP * STEP);
    }

    private void say(String text) {
        if (!text.isBlank()) {
            line.accept(text.stripTrailing());
        }
    }

    /// Waits for the end.
    ///
    /// @throws DockerException when it did not come about, with what the engine said
    void await() throws InterruptedException {
        awaitCompletion();
        if (refusal != null) {
            throw refusal;
        }
        if (error != null) {
            throw new DockerException(error, 500);
        }
    }
}
