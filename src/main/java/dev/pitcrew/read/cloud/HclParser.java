package dev.pitcrew.read.cloud;

import dev.pitcrew.model.Located;
import dev.pitcrew.model.Place;
import dev.pitcrew.model.Problem;
import dev.pitcrew.read.cloud.Hcl.Attribute;
import dev.pitcrew.read.cloud.Hcl.Block;
import dev.pitcrew.read.cloud.Hcl.Body;
import dev.pitcrew.read.cloud.Hcl.Entries;
import dev.pitcrew.read.cloud.Hcl.Expression;
import dev.pitcrew.read.cloud.Hcl.Items;
import dev.pitcrew.read.cloud.Hcl.Text;
import dev.pitcrew.read.cloud.Hcl.Value;
import dev.pitcrew.read.cloud.Hcl.Word;
import dev.pitcrew.read.survey.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads HCL in one pass: it never goes back, so that its time grows with the text alone. Where a block of the top is broken, the next one that begins a line is read.
///
/// @see <a href="https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md">HCL native syntax</a>
final class HclParser {
    private static final int DEPTH_MAX = 60;
    private static final int PROBLEMS_MAX = 20;

    /// Calls of one argument that change nothing that is asked for here.
    private static final Set<String> SEEN_THROUGH =
            Set.of("jsonencode", "toset", "tolist", "tostring", "tobool", "tonumber", "sensitive");

    private final SourceFile file;
    private final HclChars in;
    private final List<Problem> problems = new ArrayList<>();

    private HclParser(SourceFile file) {
        this.file = file;
        this.in = new HclChars(file.text());
    }

    static Hcl.File parse(SourceFile file) {
        return new HclParser(file).file();
    }

    private Hcl.File file() {
        var attributes = new ArrayList<Attribute>();
        var blocks = new ArrayList<Block>();
        while (true) {
            in.skipSpace();
            if (in.isEnd()) {
                return new Hcl.File(new Body(attributes, blocks), problems);
            }
            int start = in.at();
            try {
                item(attributes, blocks, 0);
            } catch (Broken broken) {
                if (problems.size() == PROBLEMS_MAX) {
                    return new Hcl.File(new Body(attributes, blocks), problems);
                }
                problems.add(new Problem(file.place(broken.at), broken.what));
                in.skipToNextTopBlock(start);
            }
        }
    }

    private void item(List<Attribute> attributes, List<Block> blocks, int depth) {
        int start = in.at();
        String name = in.identifier();
        if (name.isEmpty()) {
            throw new Broken(start, "a name was expected; the block that it stands in is not read");
        }
        in.skipBlanks();
        if (in.take('=')) {
            attributes.add(new Attribute(file.place(start), name, value(depth)));
            in.skipBlanks();
            if (!in.isEnd() && in.peek() != '\n' && in.peek() != '}') {
                throw new Broken(in.at(), "a line's end was expected after the value of " + name);
            }
            return;
        }
        var labels = new ArrayList<Located<String>>();
        while (!in.take('{')) {
            int at = in.at();
            String label = in.isNext('"') ? in.quoted().orElse("") : in.identifier();
            if (in.at() == at) {
                throw new Broken(at, "= or { was expected after " + name);
            }
            labels.add(new Located<>(label, file.place(at)));
            in.skipBlanks();
        }
        blocks.add(new Block(file.place(start), name, labels, body(start, depth + 1)));
    }

    private Body body(int opened, int depth) {
        deepEnough(depth);
        var attributes = new ArrayList<Attribute>();
        var blocks = new ArrayList<Block>();
        while (true) {
            in.skipSpace();
            if (in.isEnd()) {
                throw new Broken(opened, "the block has no end; add its }");
            }
            if (in.take('}')) {
                return new Body(attributes, blocks);
            }
            item(attributes, blocks, depth);
        }
    }

    private void deepEnough(int depth) {
        if (depth > DEPTH_MAX) {
            throw new Broken(in.at(), "is nested more than " + DEPTH_MAX + " deep, and not read");
        }
    }

    private Value value(int depth) {
        deepEnough(depth);
        in.skipSpace();
        int start = in.at();
        Place place = file.place(start);
        Value value = simple(place, depth);
        in.skipBlanks();
        if (value != null && in.isValueEnd()) {
            return value;
        }
        if (!in.skipExpression() || in.at() == start) {
            throw new Broken(start, "the value has no end, or is none");
        }
        return new Expression(place, file.text().substring(start, in.at()).strip());
    }

    /// What may be a whole value; null where it is certainly more.
    private @Nullable Value simple(Place place, int depth) {
        if (in.isNext('"')) {
            return in.quoted().map(text -> new Text(place, text)).orElse(null);
        }
        if (in.isNext('<')) {
            return in.heredoc().map(text -> new Text(place, text)).orElse(null);
        }
        if (in.isNext('[') && !in.isFor()) {
            return items(place, depth);
        }
        if (in.isNext('{') && !in.isFor()) {
            return entries(place, depth);
        }
        String number = in.number();
        if (!number.isEmpty()) {
            return new Word(place, number);
        }
        String name = in.identifier();
        if (name.equals("true") || name.equals("false") || name.equals("null")) {
            return new Word(place, name);
        }
        if (SEEN_THROUGH.contains(name) && in.take('(')) {
            Value inner = value(depth + 1);
            in.skipSpace();
            return in.take(')') ? inner : null;
        }
        return name.isEmpty() ? null : reference(place);
    }

    /// A name with its parts, as far as it goes.
    private Value reference(Place place) {
        in.skipParts();
        int start = file.offset(place);
        return new Expression(place, file.text().substring(start, in.at()));
    }

    private Value items(Place place, int depth) {
        in.take('[');
        var items = new ArrayList<Value>();
        while (true) {
            in.skipSpace();
            if (in.take(']')) {
                return new Items(place, items);
            }
            items.add(value(depth + 1));
            in.skipSpace();
            if (!in.take(',') && !in.isNext(']')) {
                throw new Broken(in.at(), "a comma or ] was expected");
            }
        }
    }

    private Value entries(Place place, int depth) {
        in.take('{');
        var entries = new ArrayList<Attribute>();
        while (true) {
            in.skipSpace();
            if (in.take('}')) {
                return new Entries(place, entries);
            }
            int at = in.at();
            String key = in.key();
            in.skipSpace();
            if (in.at() == at || !(in.take('=') || in.take(':'))) {
                throw new Broken(at, "a key and its value were expected");
            }
            entries.add(new Attribute(file.place(at), key, value(depth + 1)));
            in.skipSpace();
            in.take(',');
        }
    }

    /// Ends the reading of one block of the top.
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int at;
        private final String what;

        Broken(int at, String what) {
            super(what, null, false, false);
            this.at = at;
            this.what = what;
        }
    }
}
