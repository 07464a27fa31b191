package org.referralgateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** All rows of all tables of the schema, as text, as pg_dump writes them; can be put into another database. */
record Dump(Map<String, byte[]> tables) {

    private static final String MIGRATIONS = "flyway_schema_history";

    static Dump of(String url, String user, String password) throws SQLException, IOException {
        var tables = new LinkedHashMap<String, byte[]>();
        try (var connection = DriverManager.getConnection(url, user, password)) {
            for (var table : names(connection)) {
                var rows = new ByteArrayOutputStream();
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy referral.\"" + table + "\" to stdout", rows);
                tables.put(table, rows.toByteArray());
            }
        }
        return new Dump(tables);
    }

    /** Into a database whose schema is migrated and empty; as a superuser, so that no trigger and no foreign key minds the order. */
    void restore(String url, String user, String password) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (var table : tables.entrySet()) {
                if (table.getKey().equals(MIGRATIONS)) {
                    continue;
                }
                statement.execute("truncate referral.\"" + table.getKey() + "\" cascade");
            }
            for (var table : tables.entrySet()) {
                if (!table.getKey().equals(MIGRATIONS)) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "copy referral.\"" + table.getKey() + "\" from stdin",
                                    new ByteArrayInputStream(table.getValue()));
                }
            }
            // As pg_dump does: numbers go on after those that are there.
            statement.execute("""
                    do $$
                    declare
                        identity record;
                    begin
                        for identity in
                            select table_name, column_name from information_schema.columns
                            where table_schema = 'referral' and is_identity = 'YES'
                        loop
                            execute format('select setval(pg_get_serial_sequence(%L, %L), (select coalesce(max(%I), 0) + 1 from referral.%I))',
                                           'referral.' || identity.table_name, identity.column_name, identity.column_name,
                                           identity.table_name);
                        end loop;
                    end
                    $$
                    """);
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select table_name from information_schema.tables where table_schema = 'referral'"
                                + " and table_type = 'BASE TABLE' order by table_name")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** The tables in which one of these words stands, as text or inside bytes, which are dumped in hexadecimal. */
    List<String> tablesWith(List<String> words) {
        return tables.entrySet().stream()
                .filter(table -> {
                    var text = new String(table.getValue(), UTF_8);
                    return words.stream()
                            .anyMatch(word -> text.contains(word)
                                    || text.contains(HexFormat.of().formatHex(word.getBytes(UTF_8))));
                })
                .map(table -> table.getKey() + " ("
                        + words.stream()
                                .filter(word -> isIn(table.getValue(), word))
                                .toList() + ")")
                .toList();
    }

    private static boolean isIn(byte[] table, String word) {
        var text = new String(table, UTF_8);
        return text.contains(word) || text.contains(HexFormat.of().formatHex(word.getBytes(UTF_8)));
    }
}
