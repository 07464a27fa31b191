package org.referralgateway.api.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import org.referralgateway.events.LockedBytes;

/**
 * The keyring on disk: encrypted under a new key each time, which is wrapped by {@link KeyEncryption}. A change replaces the
 * file in one step, holds a lock against other instances, is on disk before it counts, and overwrites what was there.
 */
final class KeyringFile {

    private static final byte[] MAGIC = "RGKEYS1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final String PLACE = "keyring";
    private static final Object IN_THIS_PROCESS = new Object();
    private static final int KEY = 32;
    private static final int ATTEMPTS = 20;
    private static final long BETWEEN_MILLIS = 25;

    private final Path file;
    private final KeyEncryption encryption;
    private final SecureRandom random = new SecureRandom();

    KeyringFile(Path file, KeyEncryption encryption) {
        this.file = file.toAbsolutePath();
        this.encryption = encryption;
    }

    /** By what a change of the file is noticed. */
    record Stamp(Object file, long modifiedNanos, long size) {}

    boolean exists() {
        return Files.exists(file);
    }

    Stamp stamp() throws IOException {
        var now = Files.readAttributes(file, BasicFileAttributes.class);
        var key = now.fileKey();
        return new Stamp(
                key == null ? "" : key,
                now.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
                now.size());
    }

    /** Tries a few times: another instance may be overwriting what was opened here a moment ago. */
    Keyring read() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return decrypted(Files.readAllBytes(file));
            } catch (IOException e) {
                if (attempt == ATTEMPTS || !exists()) {
                    throw e;
                }
            }
            pause();
        }
    }

    /** Where there is none. Whoever of several instances comes first makes it. */
    Keyring readOrMake() throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return alone(() -> {
            if (exists()) {
                return read();
            }
            var made = Keyring.make(random);
            write(made);
            return made;
        });
    }

    /** Applies a change to the keyring as it is now on disk. Once this returns, what the change took out is gone. */
    Keyring change(UnaryOperator<Keyring> change) throws IOException {
        return alone(() -> {
            var changed = change.apply(read());
            write(changed);
            return changed;
        });
    }

    private interface Work {
        Keyring done() throws IOException;
    }

    /** A file lock keeps out other processes; within one, the second to ask for it would be refused. */
    private Keyring alone(Work work) throws IOException {
        synchronized (IN_THIS_PROCESS) {
            try (var lock = FileChannel.open(
                            file.resolveSibling(file.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                if (!held.isValid()) {
                    throw new IOException("The keyring cannot be locked.");
                }
                return work.done();
            }
        }
    }

    private void write(Keyring keyring) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        try (var out =
                FileChannel.open(next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            writeAll(out, encrypted(keyring));
            out.force(true);
        }
        if (exists()) {
            try (var old = FileChannel.open(file, StandardOpenOption.WRITE)) {
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                forceFolder();
                overwrite(old);
            }
        } else {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            forceFolder();
        }
    }

    private static java.nio.file.attribute.FileAttribute<?>[] ownerOnly() {
        return java.nio.file.FileSystems.getDefault()
                        .supportedFileAttributeViews()
                        .contains("posix")
                ? new java.nio.file.attribute.FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new java.nio.file.attribute.FileAttribute<?>[0];
    }

    private static void writeAll(FileChannel out, byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            out.write(left);
        }
    }

    /** The file has no name any more; this reaches its blocks, where the file system writes in place. */
    private static void overwrite(FileChannel old) throws IOException {
        writeAll(old.position(0), new byte[Math.toIntExact(old.size())]);
        old.force(true);
    }

    private void forceFolder() throws IOException {
        try (var folder = FileChannel.open(Objects.requireNonNull(file.getParent()), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private byte[] encrypted(Keyring keyring) throws IOException {
        var key = new byte[KEY];
        random.nextBytes(key);
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            var wrapped = encryption.wrap(key);
            out.writeInt(wrapped.length);
            out.write(wrapped);
            out.write(LockedBytes.lock(new SecretKeySpec(key, "AES"), PLACE, keyring.write()));
        }
        return bytes.toByteArray();
    }

    private Keyring decrypted(byte[] bytes) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException("The file " + file + " is no keyring.");
            }
            int length = in.readInt();
            if (length < 0 || length > bytes.length) {
                throw new IOException("The keyring " + file + " is damaged.");
            }
            var key = new SecretKeySpec(encryption.unwrap(in.readNBytes(length)), "AES");
            return Keyring.read(LockedBytes.open(key, PLACE, in.readAllBytes()));
        } catch (LockedBytes.NotForThisKey e) {
            throw new IOException("The keyring " + file + " is damaged.", e);
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(BETWEEN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the keyring was read.", e);
        }
    }
}
