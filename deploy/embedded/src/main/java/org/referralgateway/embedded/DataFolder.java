package org.referralgateway.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder that one running process owns.
 *
 * <p>Two servers on the same files destroy them. The claim is a lock of the operating system, which lets go of it when the
 * process ends in whatever way, so no stale claim is ever left to clean up.
 */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK_FILE = ".lock";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder if it is missing, readable by its owner only, and claims it.
     *
     * @throws DataFolderRefused if another run has it, or if it holds files that are not ours
     */
    public static DataFolder claim(Path folder) {
        try {
            Path path = ours(folder);
            FileChannel lock =
                    FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(lock)) {
                lock.close();
                throw new DataFolderRefused("Another run is using the data folder " + path
                        + ". Stop that run, or give this one a folder of its own.");
            }
            return new DataFolder(path, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + folder + " cannot be used: " + e, e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Narrowing the permissions of a folder that somebody uses for other things would lock others out of it. */
    private static Path ours(Path folder) throws IOException {
        if (Files.isDirectory(folder) && !isEmpty(folder) && !Files.exists(folder.resolve(LOCK_FILE))) {
            throw new DataFolderRefused("The folder " + folder.toAbsolutePath()
                    + " holds other files. Name an empty folder, or one that does not exist yet.");
        }
        return OwnerOnly.folder(folder);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }
}
