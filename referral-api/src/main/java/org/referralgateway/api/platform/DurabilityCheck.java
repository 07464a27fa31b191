package org.referralgateway.api.platform;

import java.util.ArrayList;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accepted is durable: refuses to start against a database that answers before its log is on disk. */
@Component
class DurabilityCheck implements InitializingBean {

    private final JdbcClient db;

    DurabilityCheck(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void afterPropertiesSet() {
        var off = new ArrayList<String>();
        for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            var value = db.sql("select current_setting(:name)")
                    .param("name", setting)
                    .query(String.class)
                    .single();
            // remote_apply, remote_write and local all wait for the local disk
            if ("off".equals(value)) {
                off.add(setting);
            }
        }
        if (!off.isEmpty()) {
            throw new RefusedToStart(
                    "The database may lose what it has confirmed: " + String.join(", ", off) + " is off.",
                    "Switch it on in postgresql.conf (or for the role and database in use) and start again.");
        }
    }
}
