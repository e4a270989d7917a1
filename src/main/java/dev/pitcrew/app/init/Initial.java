package dev.pitcrew.app.init;

import dev.pitcrew.model.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A first system file, as far as it could be written.
///
/// @param text of the file
/// @param ground what it was made from
/// @param questions with what was chosen
/// @param refused services that could not be taken up, by their own names, each with why
/// @param gaps what isn't there yet, such as an `.env` that the repository leaves out: with it the file holds
public record Initial(
        String text,
        Ground ground,
        List<Question> questions,
        Map<String, String> refused,
        List<Problem> gaps) {
    public Initial {
        questions = List.copyOf(questions);
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
        gaps = List.copyOf(gaps);
    }

    /// How many questions stand in the text as comments.
    public int open() {
        return SystemText.questions(text);
    }
}
