package dev.pitcrew.model.infra;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import java.util.List;

/// A `.gitignore` or `.dockerignore`.
///
/// @param format `gitignore` or `dockerignore`
/// @param folder where it lies, relative to the repository; empty at the top
/// @param patterns in the order of the file
public record IgnoreList(String format, Place place, String folder, List<Located<String>> patterns)
        implements InfraFact {
    public IgnoreList {
        patterns = List.copyOf(patterns);
    }

    /// Whether it leaves a file out.
    ///
    /// @param path relative to the repository
    public boolean ignores(String path) {
        if (!folder.isEmpty() && !path.startsWith(folder + "/")) {
            return false;
        }
        String inside = folder.isEmpty() ? path : path.substring(folder.length() + 1);
        boolean ignored = false;
        for (var pattern : patterns) {
            boolean negated = pattern.value().startsWith("!");
            String glob = negated ? pattern.value().substring(1) : pattern.value();
            if (matches(glob, inside)) {
                ignored = !negated;
            }
        }
        return ignored;
    }

    private boolean matches(String glob, String path) {
        String bare = glob.endsWith("/") ? glob.substring(0, glob.length() - 1) : glob;
        boolean anchored = bare.contains("/") || format.equals("dockerignore");
        String pattern = bare.startsWith("/") ? bare.substring(1) : bare;
        String[] names = path.split("/");
        for (int from = 0; from < (anchored ? 1 : names.length); from++) {
            for (int to = from + 1; to <= names.length; to++) {
                if (glob.endsWith("/") && to == names.length) {
                    continue; // a folder is meant
                }
                String part = String.join("/", List.of(names).subList(from, to));
                if (globMatches(pattern, 0, part, 0)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Greedy with one way back for each kind of star, so that no pattern takes long.
    private static boolean globMatches(String glob, int g, String text, int t) {
        int starGlob = -1;
        int starText = -1;
        boolean deep = false;
        while (t < text.length()) {
            if (glob.startsWith("**", g)) {
                deep = true;
                starGlob = glob.startsWith("/", g + 2) ? g + 3 : g + 2;
                starText = t;
                g = starGlob;
            } else if (g < glob.length() && glob.charAt(g) == '*') {
                deep = false;
                starGlob = g + 1;
                starText = t;
                g = starGlob;
            } else if (g < glob.length()
                    && (glob.charAt(g) == text.charAt(t)
                            || (glob.charAt(g) == '?' && text.charAt(t) != '/'))) {
                g++;
                t++;
            } else if (starGlob >= 0 && (deep || text.charAt(starText) != '/')) {
                g = starGlob;
                t = ++starText;
            } else {
                return false;
            }
        }
        return glob.substring(g).chars().allMatch(c -> c == '*');
    }
}
