package org.referralgateway.api.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.referralgateway.trail.NoteKey;
import org.referralgateway.trail.SignedNote;

/**
 * A folder: {@code latest} holds the newest checkpoint, and every so often a file of its own is added, which is never
 * written again. So the folder can be one whose files cannot be changed, or be copied to such.
 */
final class CheckpointFolder implements CheckpointPlace {

    private static final String LATEST = "latest";
    private static final int LARGEST_FILE = 64 * 1024;

    private final Path folder;
    private final Duration every;
    private final NoteKey key;
    private Instant lastFile = Instant.EPOCH;

    CheckpointFolder(Path folder, Duration every, NoteKey key) {
        this.folder = folder;
        this.every = every;
        this.key = key;
    }

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public Optional<SignedNote> largest() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(CheckpointFolder::read)
                    .flatMap(text -> SignedNote.of(text).stream())
                    .filter(key::hasSigned)
                    .filter(note -> note.checkpoint().isPresent())
                    .max(Comparator.comparingLong(
                            note -> note.checkpoint().orElseThrow().size()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String read(Path file) {
        try {
            return Files.size(file) > LARGEST_FILE ? "" : Files.readString(file);
        } catch (java.nio.charset.MalformedInputException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void publish(List<SealedTree.Stored> checkpoints) throws IOException {
        Files.createDirectories(folder);
        var newest = checkpoints.getLast();
        replace(folder.resolve(LATEST), newest.note());
        if (!newest.at().isBefore(lastFile.plus(every))) {
            var file = folder.resolve("checkpoint-%015d".formatted(newest.size()));
            if (!Files.exists(file)) {
                replace(file, newest.note());
            }
            lastFile = newest.at();
        }
    }

    /** All or nothing, and on the disk before it has its name. */
    private static void replace(Path file, String note) throws IOException {
        var written = file.resolveSibling("." + file.getFileName() + ".new");
        try (var channel = java.nio.channels.FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(note.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
