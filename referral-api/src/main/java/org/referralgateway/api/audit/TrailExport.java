package org.referralgateway.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.referralgateway.api.access.RowScope.Work;
import org.referralgateway.trail.Merkle;
import org.referralgateway.trail.NoteKey;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The whole sealed trail as a zip, with what is needed to verify it: {@code rows.ndjson} (line by line the leaves),
 * {@code leaves.txt} (position and stored hash of each), {@code checkpoints.txt}, {@code key.txt} and a verifier.
 */
@Component
class TrailExport {

    private static final String[] KIT = {"verify_audit.py", "README.txt"};

    private final DataSource database;

    TrailExport(DataSource database) {
        this.database = database;
    }

    void write(NoteKey key, OutputStream to) throws IOException {
        try (var connection = Work.TRAIL.call(database::getConnection);
                var zip = new ZipOutputStream(to)) {
            StoredTrail.begin(connection);
            try {
                entry(zip, "key.txt");
                zip.write((key + "\n").getBytes(UTF_8));
                for (var file : KIT) {
                    entry(zip, file);
                    zip.write(new ClassPathResource("audit-kit/" + file).getContentAsByteArray());
                }
                entry(zip, "checkpoints.txt");
                for (var note : StoredTrail.checkpoints(connection, key.name())) {
                    zip.write(note.getBytes(UTF_8));
                }
                leaves(connection, zip);
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IOException("The database failed while the trail was exported.", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void leaves(Connection connection, ZipOutputStream zip) throws IOException, SQLException {
        entry(zip, "rows.ndjson");
        StoredTrail.leaves(
                connection, (leaf, position, hash, row) -> line(zip, row == null ? new byte[0] : row.line()));
        entry(zip, "leaves.txt");
        StoredTrail.leaves(
                connection,
                (leaf, position, hash, row) -> line(zip, (position + " " + Merkle.hex(hash)).getBytes(UTF_8)));
    }

    private static void line(ZipOutputStream zip, byte[] line) {
        try {
            zip.write(line);
            zip.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void entry(ZipOutputStream zip, String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
    }
}
