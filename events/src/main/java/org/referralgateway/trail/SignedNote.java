package org.referralgateway.trail;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text and the signatures below it, in C2SP's signed-note format.
 *
 * @param text with the end of its last line
 */
public record SignedNote(String text, List<Signature> signatures) {

    private static final String DASH = "\u2014 ";
    private static final int MOST_SIGNATURES = 100;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * @param bytes key id, then what the kind of signature wants
     */
    public record Signature(String name, byte[] bytes) {

        String line() {
            return DASH + name + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
        }

        private static @Nullable Signature of(String line) {
            var words = line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", -1) : new String[0];
            if (words.length != 2 || words[0].isEmpty()) {
                return null;
            }
            try {
                var bytes = Base64.getDecoder().decode(words[1]);
                return bytes.length > 4 ? new Signature(words[0], bytes) : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    /** Nothing where it is no signed note. */
    public static Optional<SignedNote> of(String note) {
        int end = note.lastIndexOf("\n\n" + DASH);
        if (end < 0 || !note.endsWith("\n")) {
            return Optional.empty();
        }
        var signatures = new ArrayList<Signature>();
        for (var line : note.substring(end + 2, note.length() - 1).split("\n", -1)) {
            var signature = Signature.of(line);
            if (signature == null || signatures.size() == MOST_SIGNATURES) {
                return Optional.empty();
            }
            signatures.add(signature);
        }
        return Optional.of(new SignedNote(note.substring(0, end + 1), signatures));
    }

    /** The notes of a file that holds one after the other, with or without empty lines between. */
    public static List<String> split(String file) {
        var notes = new ArrayList<String>();
        var note = new StringBuilder();
        boolean signed = false;
        for (var line : file.split("\n", -1)) {
            if (signed && !line.startsWith(DASH)) {
                notes.add(note.toString());
                note.setLength(0);
                signed = false;
            }
            signed |= line.startsWith(DASH);
            if (!note.isEmpty() || !line.isEmpty()) {
                note.append(line).append('\n');
            }
        }
        if (!note.toString().isBlank()) {
            notes.add(note.toString());
        }
        return notes;
    }

    public Optional<Checkpoint> checkpoint() {
        return Checkpoint.of(text);
    }

    public SignedNote with(Signature more) {
        var all = new ArrayList<>(signatures);
        all.add(more);
        return new SignedNote(text, all);
    }

    @Override
    public String toString() {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }
}
