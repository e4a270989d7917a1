package dev.pitcrew.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// A text and signatures on it, in C2SP's form.
///
/// @param text ends with a newline
/// @param signatures at least one, at most 64
/// @see <a href="https://c2sp.org/signed-note">signed-note</a>
public record SignedNote(String text, List<NoteSignature> signatures) {
    private static final int SIGNATURES_MAX = 64; // the specification asks for at least 16

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || signatures.isEmpty() || signatures.size() > SIGNATURES_MAX) {
            throw new IllegalArgumentException("a note is lines of text and 1 to 64 signatures");
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("a note has no control characters");
        }
    }

    /// @throws IllegalArgumentException when it isn't a signed note
    public static SignedNote parse(String note) {
        int end =
                note.lastIndexOf("\n\n"); // the last empty line: the text may have some of its own
        if (end < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException(
                    "not a signed note: no empty line before signatures");
        }
        var lines = note.substring(end + 2).split("\n", SIGNATURES_MAX + 2);
        var signatures = new ArrayList<NoteSignature>();
        for (int i = 0; i < lines.length - 1; i++) { // the last is what follows the last newline
            signatures.add(NoteSignature.parse(lines[i]));
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    /// Whether a key signed it. A signature that names the key and fails makes the whole note false.
    public boolean isSignedBy(VerifierKey key) {
        var its = signatures.stream().filter(signature -> signature.isBy(key)).toList();
        return !its.isEmpty() && its.stream().allMatch(signature -> signature.verifies(key, text));
    }

    /// With the lines of one key alone.
    ///
    /// @throws IllegalArgumentException when that key signed nothing here
    public SignedNote onlyBy(VerifierKey key) {
        return new SignedNote(text, signatures.stream().filter(line -> line.isBy(key)).toList());
    }

    /// With more signatures. Of one key the newest line counts, in the place of the old one.
    public SignedNote with(List<NoteSignature> more) {
        var all = new LinkedHashMap<Signer, NoteSignature>();
        signatures.forEach(one -> all.put(Signer.of(one), one));
        more.forEach(one -> all.put(Signer.of(one), one));
        return new SignedNote(text, List.copyOf(all.values()));
    }

    private record Signer(String name, int keyId) {
        static Signer of(NoteSignature signature) {
            return new Signer(signature.name(), signature.keyId());
        }
    }

    /// The note as it is stored and sent.
    @Override
    public String toString() {
        var out = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> out.append(signature).append('\n'));
        return out.toString();
    }
}
