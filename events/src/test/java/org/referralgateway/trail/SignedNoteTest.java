package org.referralgateway.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedNoteTest {

    /** The example of the package that the format comes from, golang.org/x/mod/sumdb/note. */
    private static final String KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private final NoteSigner log = signer("trail.example");

    @Test
    void readsWhatOthersSigned() {
        var note = SignedNote.of(NOTE).orElseThrow();
        var key = NoteKey.of(KEY);

        assertThat(key.hasSigned(note)).isTrue();
        assertThat(key).hasToString(KEY);
        assertThat(note).hasToString(NOTE);
        assertThat(key.hasSigned(SignedNote.of(NOTE.replace("answer", "reply")).orElseThrow()))
                .isFalse();
    }

    @Test
    void aCheckpointIsSignedAndReadAgain() {
        var checkpoint = new Checkpoint("trail.example", 7, Merkle.leaf(new byte[] {1}));
        var note = SignedNote.of(log.sign(checkpoint).toString()).orElseThrow();

        assertThat(log.verifier().hasSigned(note)).isTrue();
        assertThat(note.checkpoint()).contains(checkpoint);
        assertThat(NoteKey.of(log.verifier().toString()).hasSigned(note)).isTrue();
        assertThat(signer("trail.example").verifier().hasSigned(note)).isFalse();
        assertThat(signer("another.example").verifier().hasSigned(note)).isFalse();
    }

    @Test
    void aWitnessSignsTheTimeToo() {
        var witness = signer("witness.example");
        var note = log.sign(new Checkpoint("trail.example", 7, Merkle.empty()));
        var seen = SignedNote.of(note.with(witness.cosign(note, 1_764_342_000L)).toString())
                .orElseThrow();

        assertThat(witness.witness().hasSigned(seen)).isTrue();
        assertThat(log.verifier().hasSigned(seen)).isTrue();
        assertThat(witness.verifier().hasSigned(seen)).isFalse();
        var late = seen.signatures().getLast().bytes().clone();
        late[11] ^= 1;
        assertThat(witness.witness().isGood(new SignedNote.Signature("witness.example", late), note.text()))
                .isFalse();
    }

    @Test
    void aFileOfNotesIsTakenApart() {
        var one = log.sign(new Checkpoint("trail.example", 1, Merkle.empty())).toString();
        var two = log.sign(new Checkpoint("trail.example", 2, Merkle.empty())).toString();

        assertThat(SignedNote.split(one + two)).containsExactly(one, two);
        assertThat(SignedNote.split(one + "\n\n" + two + "\n")).containsExactly(one, two);
        assertThat(SignedNote.split("")).isEmpty();
    }

    @Test
    void whatIsNoNoteIsNone() {
        for (var text : List.of("", "a\n", "a\n\n", "a\n\n\u2014 b\n", "a\n\n\u2014 b AAAA\n", "a\n\n\u2014 b !\n")) {
            assertThat(SignedNote.of(text)).isEmpty();
        }
    }

    @Test
    void whatIsNoKeyIsNamed() {
        for (var text : List.of("", "a+b", KEY.replace("c74f20a3", "c74f20a4"), KEY.replace("+A", "+C"))) {
            assertThatThrownBy(() -> NoteKey.of(text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> NoteSigner.of("a", "nothing")).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> NoteSigner.of("a b", NoteSigner.newKey()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static NoteSigner signer(String name) {
        try {
            return NoteSigner.of(name, NoteSigner.newKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
