package org.referralgateway.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.referralgateway.trail.NoteKey;
import org.referralgateway.trail.SignedNote;
import org.referralgateway.trail.TrailCheck;

/** An export of the trail, as a zip or as a folder. */
final class ExportedTrail {
    private ExportedTrail() {}

    @FunctionalInterface
    private interface Source {
        InputStream open(String name) throws IOException;
    }

    static TrailCheck.Report verify(Path export, NoteKey key, List<String> kept) throws IOException {
        if (Files.isDirectory(export)) {
            return verify((String name) -> Files.newInputStream(export.resolve(name)), key, kept);
        }
        try (var zip = new ZipFile(export.toFile())) {
            return verify(
                    (String name) -> {
                        var entry = zip.getEntry(name);
                        if (entry == null) {
                            throw new IOException("There is no " + name + " in " + export + ".");
                        }
                        return zip.getInputStream(entry);
                    },
                    key,
                    kept);
        }
    }

    private static TrailCheck.Report verify(Source files, NoteKey key, List<String> kept) throws IOException {
        var check = new TrailCheck(key);
        try (var notes = files.open("checkpoints.txt")) {
            SignedNote.split(new String(notes.readAllBytes(), UTF_8)).forEach(check::checkpoint);
        }
        kept.forEach(check::kept);
        try (var rows = new Lines(files.open("rows.ndjson"));
                var leaves = new Lines(files.open("leaves.txt"))) {
            byte[] row = rows.next();
            byte[] leaf = leaves.next();
            for (long number = 0; row != null || leaf != null; number++) {
                var stored = leaf == null ? Stored.NONE : Stored.of(leaf);
                check.leaf(number, stored.position(), stored.hash(), row == null || row.length == 0 ? null : row);
                row = rows.next();
                leaf = leaves.next();
            }
        }
        return check.finish();
    }

    /** A line of {@code leaves.txt}. */
    private record Stored(long position, byte[] hash) {
        static final Stored NONE = new Stored(-1, new byte[0]);

        static Stored of(byte[] line) {
            try {
                var words = new String(line, UTF_8).split(" ", -1);
                return words.length == 2
                        ? new Stored(Long.parseLong(words[0]), HexFormat.of().parseHex(words[1]))
                        : NONE;
            } catch (IllegalArgumentException e) {
                return NONE;
            }
        }
    }

    /** Lines as bytes, without their ends. */
    private static final class Lines implements AutoCloseable {
        private final InputStream in;

        Lines(InputStream in) {
            this.in = new BufferedInputStream(in, 1 << 16);
        }

        byte @Nullable [] next() throws IOException {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            var line = new ByteArrayOutputStream(320);
            while (b >= 0 && b != '\n') {
                line.write(b);
                b = in.read();
            }
            return line.toByteArray();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
