package org.referralgateway.clinical.tables;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of the clinic: CSV with a header line. A mistake does not end the reading: it is noted with file, line and column,
 * and the row is left out, so that all mistakes can be reported together.
 */
final class TableFile {

    private final String name;
    private final List<NamedCsvRecord> rows;
    private final List<String> mistakes;
    private final Set<String> missingColumns = new HashSet<>();

    private TableFile(String name, List<NamedCsvRecord> rows, List<String> mistakes) {
        this.name = name;
        this.rows = rows;
        this.mistakes = mistakes;
    }

    /**
     * @param text of the file
     * @param mistakes to add to
     */
    static TableFile read(String name, String text, List<String> mistakes) {
        try (var csv = CsvReader.builder().ofNamedCsvRecord(text)) {
            return new TableFile(name, csv.stream().toList(), mistakes);
        } catch (CsvParseException e) {
            mistakes.add(name + ": " + saidBy(e));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("The table " + name + " cannot be read.", e);
        }
        return new TableFile(name, List.of(), mistakes);
    }

    /** The line is in the reader's own message, what is wrong with it in the cause's. */
    private static String saidBy(CsvParseException e) {
        var cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause.getMessage();
    }

    Stream<Row> rows() {
        return rows.stream().map(Row::new);
    }

    /** One line of the table. */
    final class Row {

        private final NamedCsvRecord row;
        private boolean faulty;

        private Row(NamedCsvRecord row) {
            this.row = row;
        }

        /** True where something was wrong with it; such a row is not to be used. */
        boolean isFaulty() {
            return faulty;
        }

        long line() {
            return row.getStartingLineNumber();
        }

        /** The value of a column; empty, and noted, where there is none. */
        String required(String column) {
            var value = optional(column);
            if (value.isEmpty() && !missingColumns.contains(column)) {
                wrong(column, "is empty; fill it in or remove the row");
            }
            return value;
        }

        /** The value of a column, which may be empty; the column itself must be there. */
        String optional(String column) {
            var value = row.findField(column);
            if (value.isEmpty()) {
                faulty = true;
                if (missingColumns.add(column)) {
                    wrong(column, "is not a column of this file; add it to the header");
                }
            }
            return value.orElse("").strip();
        }

        /** One of a few words. */
        String oneOf(String column, List<String> words) {
            var value = required(column);
            if (!value.isEmpty() && !words.contains(value)) {
                wrong(column, "must be one of " + String.join(", ", words));
            }
            return value;
        }

        /** A number above zero, or absent where the column is empty. */
        @Nullable
        BigDecimal number(String column) {
            var value = optional(column);
            if (value.isEmpty()) {
                return null;
            }
            try {
                var number = new BigDecimal(value);
                if (number.signum() > 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below, as for a number that is not above zero.
            }
            wrong(column, "must be a number above zero, with a point");
            return null;
        }

        void wrong(String column, String problem) {
            faulty = true;
            mistakes.add(name + ", line " + line() + ", column " + column + ": " + problem + ".");
        }
    }

    /** Remembers on which line each key was, and says so where it comes again. */
    static final class Keys {
        private final java.util.Map<Object, Long> lines = new java.util.HashMap<>();

        /** True where the key is new. */
        boolean isNew(Row row, String column, Object key) {
            var earlier = lines.putIfAbsent(key, row.line());
            if (earlier != null) {
                row.wrong(column, "is already in line " + earlier + said(key) + "; keep one of the two rows");
            }
            return earlier == null;
        }

        /** A cell may hold many words, so it is said which. */
        private static String said(Object key) {
            return key instanceof List<?> parts
                    ? " (" + parts.getLast() + ")"
                    : key instanceof String text ? " (" + text + ")" : "";
        }
    }

    static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (var word : text.split("[;|]", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }
}
