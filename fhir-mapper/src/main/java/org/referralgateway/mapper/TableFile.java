package org.referralgateway.mapper;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of the clinic: CSV with a header line. Errors name file, line and column. */
final class TableFile {

    private final String name;
    private final List<NamedCsvRecord> rows;

    private TableFile(String name, List<NamedCsvRecord> rows) {
        this.name = name;
        this.rows = rows;
    }

    /**
     * @param folder of the clinic; absent for the tables that come with the gateway
     */
    static TableFile read(@Nullable Path folder, String name) {
        try (var csv = CsvReader.builder().ofNamedCsvRecord(text(folder, name))) {
            return new TableFile(name, csv.stream().toList());
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(name + ": " + saidBy(e), e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + ": is not UTF-8 text; save it as CSV in UTF-8.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The table " + name + " cannot be read.", e);
        }
    }

    /** Spreadsheets write a byte order mark, which is no part of the first column's name. */
    private static String text(@Nullable Path folder, String name) throws IOException {
        var text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(folder, name)))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static byte[] bytes(@Nullable Path folder, String name) throws IOException {
        if (folder != null && Files.exists(folder.resolve(name))) {
            return Files.readAllBytes(folder.resolve(name));
        }
        try (var shipped = TableFile.class.getResourceAsStream("/clinical/" + name)) {
            if (shipped == null) {
                throw new IOException("There is no table " + name + ".");
            }
            return shipped.readAllBytes();
        }
    }

    /** The line is in the reader's own message, what is wrong with it in the cause's. */
    private static String saidBy(CsvParseException e) {
        var cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause.getMessage();
    }

    Stream<Row> rows() {
        return rows.stream().map(record -> new Row(name, record));
    }

    record Row(String file, NamedCsvRecord row) {

        /** The value of a column, or an error that says what to do. */
        String required(String column) {
            var value = optional(column);
            if (value.isEmpty()) {
                throw wrong(column, "is empty; fill it in or remove the row");
            }
            return value;
        }

        String optional(String column) {
            return row.findField(column)
                    .orElseThrow(() -> wrong(column, "is not a column of this file; add it to the header"))
                    .strip();
        }

        IllegalArgumentException wrong(String column, String problem) {
            return new IllegalArgumentException(
                    file + ", line " + row.getStartingLineNumber() + ", column " + column + ": " + problem + ".");
        }
    }
}
