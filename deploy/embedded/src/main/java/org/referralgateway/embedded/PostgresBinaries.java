package org.referralgateway.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL programs of this platform, which the build put on the class path as an archive, unpacked once per user.
 *
 * <p>Not in the folder for temporary files: what cleans that up would take the programs from under a server that runs for weeks.
 */
final class PostgresBinaries {
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwx------");

    private PostgresBinaries() {}

    /** The folder with {@code bin}, {@code lib} and {@code share}; in the user's cache or, where there is none, in the fallback. */
    static Path unpackedFor(Path fallback) throws IOException {
        byte[] archive = archive();
        String name = "postgresql-" + fingerprint(archive);
        Path cache = cache(fallback);
        Path unpacked = cache.resolve(name);
        if (!Files.isDirectory(unpacked)) {
            unpack(archive, cache, unpacked);
        }
        return unpacked;
    }

    private static byte[] archive() throws IOException {
        String name = archiveName();
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + name)) {
            if (archive == null) {
                throw new UnsupportedPlatform("The PostgreSQL for " + platform() + " (" + name
                        + ") is not on the class path. It was built on another platform: build it on this one.");
            }
            return archive.readAllBytes();
        }
    }

    private static String archiveName() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String cpu = switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> throw unsupported("there are programs for 64-bit Intel/AMD and ARM only");
        };
        if (os.equals("linux")) {
            if (usesMusl()) {
                throw unsupported("this Linux is built on musl, the programs need glibc");
            }
            return "postgres-linux-" + cpu + ".txz";
        }
        if (os.startsWith("mac")) {
            return "postgres-darwin-" + cpu + ".txz";
        }
        throw unsupported("there are programs for Linux and macOS only");
    }

    private static boolean usesMusl() {
        return Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
                        && !Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"))
                || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1"))
                        && !Files.exists(Path.of("/lib/ld-linux-aarch64.so.1"));
    }

    private static UnsupportedPlatform unsupported(String why) {
        return new UnsupportedPlatform("No embedded PostgreSQL for " + platform() + ": " + why
                + ". Use a PostgreSQL server of your own instead.");
    }

    private static String platform() {
        return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }

    private static String fingerprint(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static Path cache(Path fallback) throws IOException {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path home = Path.of(System.getProperty("user.home", "/nonexistent"));
        Path parent = configured != null && configured.startsWith("/") ? Path.of(configured) : home.resolve(".cache");
        try {
            return OwnerOnly.folder(parent.resolve("referral-gateway"));
        } catch (IOException noHomeToWriteIn) {
            return OwnerOnly.folder(fallback);
        }
    }

    /** Beside it first and then renamed: two runs may do this at the same time, and one may be killed halfway. */
    private static void unpack(byte[] archive, Path cache, Path target) throws IOException {
        Path unfinished = Files.createDirectory(cache.resolve("unfinished-" + UUID.randomUUID()));
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, unfinished);
            }
        }
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Folders.delete(unfinished);
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
            throw new IOException("The archive of PostgreSQL reaches out of its folder: " + entry.getName());
        }
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(path, PROGRAM);
            }
        }
    }
}
