package dev.pitcrew.ledger;

import java.util.ArrayList;
import java.util.List;

/// Proof that an entry is in a ledger, checkable offline: the file to hand an auditor.
///
/// @param index of the entry
/// @param hashes from the leaf's sibling upward
/// @param checkpoint signed by the log, and perhaps by witnesses
/// @see <a href="https://c2sp.org/tlog-proof">tlog-proof</a>
public record InclusionProof(long index, List<Hash> hashes, SignedNote checkpoint) {
    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

    public InclusionProof {
        hashes = List.copyOf(hashes);
    }

    /// @throws IllegalArgumentException when it isn't a proof file
    public static InclusionProof parse(String file) {
        int end = file.indexOf("\n\n");
        var lines = new ArrayList<>(file.substring(0, Math.max(end, 0)).lines().toList());
        if (lines.size() < 2 || !lines.removeFirst().equals(FIRST_LINE)) {
            throw new IllegalArgumentException("not a proof: it must begin with " + FIRST_LINE);
        }
        if (lines.getFirst().startsWith("extra ")) { // not authenticated, so not looked at
            lines.removeFirst();
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith("index ")) {
            throw new IllegalArgumentException("not a proof: no index");
        }
        long index = Checkpoint.size(lines.removeFirst().substring("index ".length()));
        var hashes = lines.stream().map(Hash::fromBase64).toList();
        return new InclusionProof(index, hashes, SignedNote.parse(file.substring(end + 2)));
    }

    /// Whether the entry is in the ledger that the key signs for.
    public boolean proves(Entry entry, VerifierKey log) {
        var tree = Checkpoint.parse(checkpoint.text());
        var leaf = new TreeHasher().leaf(LeafCodec.encode(entry));
        return checkpoint.isSignedBy(log)
                && tree.origin().equals(log.name())
                && Proofs.includes(leaf, index, hashes, tree.size(), tree.root());
    }

    /// The file's text; the extension is `.tlog-proof`.
    @Override
    public String toString() {
        var out = new StringBuilder(FIRST_LINE).append("\nindex ").append(index).append('\n');
        hashes.forEach(hash -> out.append(hash.base64()).append('\n'));
        return out.append('\n').append(checkpoint).toString();
    }
}
