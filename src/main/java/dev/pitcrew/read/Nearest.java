package dev.pitcrew.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that was probably meant.
public final class Nearest {
    private Nearest() {}

    /// "; did you mean 'rollout'?" when one of the words is near, else the words.
    public static String hint(String given, Collection<String> words) {
        return to(given, words)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse(words.isEmpty() ? "" : "; known here: " + String.join(", ", words));
    }

    /// The word that takes the fewest edits to reach; empty when even that one shares too little.
    public static Optional<String> to(String given, Collection<String> words) {
        String plain = plain(given);
        return words.stream()
                .filter(word -> edits(plain, plain(word)) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> edits(plain, plain(word))));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static int edits(String a, String b) {
        int[] twoBack = new int[b.length() + 1];
        int[] back = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            back[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = back[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(back[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoBack[j - 2] + 1);
                }
            }
            twoBack = back;
            back = row;
        }
        return back[b.length()];
    }
}
