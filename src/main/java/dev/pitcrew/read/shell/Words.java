package dev.pitcrew.read.shell;

import dev.pitcrew.model.infra.ShellCommand;
import java.util.List;

/// Small questions about words and commands on their way.
final class Words {
    private Words() {}

    /// Whether the words from here on are the command of `ssh`, given without quotes.
    static boolean isRemoteStart(List<Word> words, int i) {
        return words.get(i)
                        .text()
                        .matches("cd|sudo|docker|docker-compose|kubectl|systemctl|bash|sh|git")
                && words.subList(i, words.size()).stream()
                        .noneMatch(one -> one.text().contains(" "));
    }

    static int offsetIn(List<Word> words, int offset) {
        int left = offset;
        for (Word one : words) {
            if (left <= one.text().length()) {
                return one.offset(left);
            }
            left -= one.text().length() + 1;
        }
        return words.getLast().start();
    }

    static ShellCommand inBackground(ShellCommand one) {
        return new ShellCommand(
                one.place(),
                one.words(),
                one.redirects(),
                one.link(),
                true,
                one.within(),
                one.depth());
    }
}
