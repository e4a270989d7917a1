package dev.pitcrew.read.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The blocks that are open at a point of a script.
final class Blocks {
    private static final int BLOCKS_MAX = 50;

    private final List<String> around;
    private final Deque<Block> blocks = new ArrayDeque<>();

    /// Index of the first command of the block that was closed last; -1 when something came after it.
    int closedFrom = -1;

    /// Whether what is read is the head of a block: `for x in a b`, `case x in`, `function name`.
    boolean isHead;

    /// @param around what encloses the script itself
    Blocks(List<String> around) {
        this.around = around;
    }

    /// @param from index of its first command
    /// @param isCondition whether what is read now decides whether the block runs
    private record Block(String kind, int from, boolean isCondition) {}

    /// Takes a word that begins, goes on with or ends a block.
    ///
    /// @param from index of the command that comes next
    /// @return whether it is one
    boolean keyword(String name, int from) {
        switch (name) {
            case "if", "while", "until" -> push(name, from, true);
            case "for", "select" -> {
                push("for", from, false);
                isHead = true;
            }
            case "case" -> {
                push("case", from, false);
                isHead = true;
            }
            case "then", "do" -> condition(false);
            case "elif" -> condition(true);
            case "else" -> condition(false);
            case "fi" -> pop("if");
            case "done" -> pop("loop");
            case "esac" -> pop("case");
            case "function" -> {
                push("function", from, false);
                isHead = true;
            }
            case "{" -> {
                if (!isHead) {
                    push("group", from, false);
                }
            }
            case "}" -> pop("group");
            case "!" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    void push(String kind, int from, boolean condition) {
        if (blocks.size() < BLOCKS_MAX) {
            blocks.push(new Block(kind, from, condition));
        }
    }

    private void condition(boolean is) {
        if (!blocks.isEmpty()) {
            Block block = blocks.pop();
            blocks.push(new Block(block.kind(), block.from(), is));
        }
    }

    void pop(String kind) {
        if (blocks.isEmpty()) {
            return;
        }
        String top = blocks.peek().kind();
        boolean fits =
                switch (kind) {
                    case "loop" -> top.equals("while") || top.equals("until") || top.equals("for");
                    case "group" -> top.equals("group") || top.equals("function");
                    default -> top.equals(kind);
                };
        if (fits) {
            closedFrom = blocks.pop().from();
        }
    }

    List<String> within() {
        var within = new ArrayList<>(around);
        blocks.descendingIterator()
                .forEachRemaining(
                        block -> {
                            within.add(block.kind());
                            if (block.isCondition()) {
                                within.add("condition");
                            }
                        });
        return within;
    }

    boolean isCase() {
        return !blocks.isEmpty() && blocks.peek().kind().equals("case");
    }

    int depth() {
        return around.size() + blocks.size();
    }
}
