package org.referralgateway.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table with one row of each of some tenants, made up from the catalogue, and the eyes of the service's role upon it. All in
 * one transaction that is rolled back, so nothing of it is ever there.
 */
final class Wall implements AutoCloseable {

    private final Connection connection;
    private final String table;

    Wall(String table, String... tenants) throws SQLException {
        this.connection = TestServers.instance().superuser();
        this.table = table;
        connection.setAutoCommit(false);
        execute("set local search_path = referral");
        // What a row refers to need not be there, nor have values that make sense.
        execute("set local session_replication_role = replica");
        for (var check : texts(
                "select conname from pg_constraint where contype = 'c' and conrelid = '" + table + "'::regclass")) {
            execute("alter table " + table + " drop constraint " + check);
        }
        for (var tenant : tenants) {
            insert(tenant);
        }
    }

    /** Lets a statement run with all rights, before any {@link #scope}. */
    void superuser(String statement) throws SQLException {
        execute(statement);
    }

    /** From now on statements are those of the service's role in this scope. */
    void scope(String scope, String tenant) throws SQLException {
        execute("set local role referral_app");
        texts("select set_config('referral.scope', '" + scope + "', true)");
        texts("select set_config('referral.tenant', '" + tenant + "', true)");
    }

    /** Whose rows are seen by a statement that does not say whose. */
    List<String> senders() throws SQLException {
        return texts("select sender from " + table);
    }

    boolean may(String privilege) throws SQLException {
        return texts("select has_table_privilege('" + table + "', '" + privilege + "')")
                .equals(List.of("t"));
    }

    int update(String statement) throws SQLException {
        try (var update = connection.createStatement()) {
            return update.executeUpdate(statement);
        }
    }

    void insert(String tenant) throws SQLException {
        var columns = texts("""
                select quote_ident(attname) || '|' || format_type(atttypid, null) from pg_attribute
                where attrelid = '%s'::regclass and attnum > 0 and not attisdropped and attnotnull and not atthasdef
                  and attidentity = '' and attname not in ('sender', 'other_sender')
                """.formatted(table));
        var names = new ArrayList<String>();
        var values = new ArrayList<String>();
        for (var tenants : texts("select attname from pg_attribute where attrelid = '" + table
                + "'::regclass and attname in ('sender', 'other_sender') and not attisdropped")) {
            names.add(tenants);
            values.add("'" + tenant + "'");
        }
        for (var column : columns) {
            names.add(column.substring(0, column.indexOf('|')));
            values.add(anything(column.substring(column.indexOf('|') + 1)));
        }
        execute("insert into " + table + " (" + String.join(", ", names) + ") values ("
                + values.stream().collect(Collectors.joining(", ")) + ")");
    }

    private String anything(String type) {
        return switch (type) {
            case "text" -> "gen_random_uuid()::text";
            case "uuid" -> "gen_random_uuid()";
            case "integer", "bigint", "smallint" -> "(random() * 30000)::int";
            case "boolean" -> "false";
            case "timestamp with time zone" -> "now()";
            case "bytea" -> "sha256('')";
            case "jsonb" -> "'{}'";
            default -> {
                if (type.endsWith("[]")) {
                    yield "'{}'";
                }
                throw new IllegalStateException("No value for a column of type " + type + " in " + table + " yet.");
            }
        };
    }

    List<String> texts(String query) throws SQLException {
        try (var select = connection.createStatement();
                var rows = select.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private void execute(String statement) throws SQLException {
        try (var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
