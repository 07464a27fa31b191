package org.referralgateway.api.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * How many open tasks there are.
 *
 * @param wanted how many of them the filter lets through
 */
record WorklistCounts(
        int all,
        int wanted,
        int overdue,
        int mine,
        int nobodys,
        Map<String, Integer> codes,
        Map<String, Integer> priorities,
        Map<String, Integer> conditions) {

    /** Takes the rows of a query with one grouping set for each kind of count; the columns of the others are null. */
    static final class Builder implements RowCallbackHandler {

        private final Map<String, Integer> codes = new TreeMap<>();
        private final Map<String, Integer> priorities = new TreeMap<>();
        private final Map<String, Integer> conditions = new TreeMap<>();
        private final Map<String, Integer> owners = new TreeMap<>();
        private int all;
        private int wanted;
        private int overdue;

        @Override
        public void processRow(ResultSet row) throws SQLException {
            int tasks = row.getInt("tasks");
            boolean isOverdue = row.getBoolean("overdue");
            boolean isAboutOverdue = !row.wasNull();
            if (isAboutOverdue) {
                overdue += isOverdue ? tasks : 0;
            } else if (!counted(row, "code", codes, tasks)
                    && !counted(row, "priority", priorities, tasks)
                    && !counted(row, "condition", conditions, tasks)
                    && !counted(row, "owner", owners, tasks)) {
                all = tasks;
                wanted = row.getInt("wanted");
            }
        }

        private static boolean counted(ResultSet row, String column, Map<String, Integer> counts, int tasks)
                throws SQLException {
            var value = row.getString(column);
            if (value == null) {
                return false;
            }
            counts.put(value, tasks);
            return true;
        }

        WorklistCounts build() {
            return new WorklistCounts(
                    all,
                    wanted,
                    overdue,
                    owners.getOrDefault("mine", 0),
                    owners.getOrDefault("nobody", 0),
                    codes,
                    priorities,
                    conditions);
        }
    }
}
