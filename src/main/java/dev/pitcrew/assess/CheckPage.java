package dev.pitcrew.assess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The page of a check, as docs/checks has it.
///
/// ```
/// # CODE name
/// Severity: high. Summary.
///
/// ## Why it matters
/// ## What to do
/// ## Seen in
/// ## Controls
/// - CIS Docker 4.1
/// ## Bad
/// `path/of/file`, then a fenced block with its text; any number of files
/// ## Good
/// ```
///
/// @param text the whole page, Markdown
/// @param sections title to text
public record CheckPage(String text, Map<String, String> sections) {
    private static final Pattern EXAMPLE =
            Pattern.compile("(?ms)^`([^`\\n]+)`\\n+(```+)[a-zA-Z]*\\n(.*?)^\\2$");

    /// The sections that every page has, in this order.
    public static final List<String> SECTIONS =
            List.of("Why it matters", "What to do", "Seen in", "Controls", "Bad", "Good");

    public CheckPage {
        sections = Map.copyOf(sections);
    }

    /// The page of a check; empty when it has none, which the tests don't let pass.
    public static Optional<CheckPage> of(Check.Id check) {
        return check.page().or(() -> ofThisBuild(check));
    }

    private static Optional<CheckPage> ofThisBuild(Check.Id check) {
        String name = "/dev/pitcrew/assess/checks/" + check.code() + ".md";
        try (var in = CheckPage.class.getResourceAsStream(name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A page from its Markdown.
    public static CheckPage parse(String text) {
        var sections = new LinkedHashMap<String, String>();
        String title = "";
        var body = new StringBuilder();
        boolean fenced = false;
        for (String line : text.lines().toList()) {
            fenced ^= line.startsWith("```");
            if (!fenced && line.startsWith("## ")) {
                sections.put(title, body.toString().strip());
                title = line.substring(3);
                body.setLength(0);
            } else {
                body.append(line).append('\n');
            }
        }
        sections.put(title, body.toString().strip());
        return new CheckPage(text, sections);
    }

    /// What a page begins with.
    public static String head(Check.Id check) {
        return "# %s %s\n\n%s.\n\nSeverity: %s.\n"
                .formatted(
                        check.code(),
                        check.name(),
                        check.summary(),
                        check.severity().name().toLowerCase(java.util.Locale.ROOT));
    }

    /// A section in one line; empty when the page has none of that title.
    public String inOneLine(String title) {
        return sections.getOrDefault(title, "").replaceAll("\\s+", " ");
    }

    /// The controls that the check serves, such as `CIS Docker 4.1`.
    public List<String> controls() {
        return sections.getOrDefault("Controls", "")
                .lines()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2).strip())
                .toList();
    }

    /// The files of an example.
    ///
    /// @param title `Bad` or `Good`
    /// @return path to text, in the order of the page
    public Map<String, String> example(String title) {
        var files = new LinkedHashMap<String, String>();
        var match = EXAMPLE.matcher(sections.getOrDefault(title, "") + "\n");
        while (match.find()) {
            files.put(match.group(1), match.group(3));
        }
        return files;
    }

    /// The titles that are missing or empty.
    public List<String> missing() {
        var missing = new ArrayList<>(SECTIONS);
        missing.removeIf(title -> !sections.getOrDefault(title, "").isBlank());
        return missing;
    }
}
