package org.referralgateway.api.platform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Senders are kept apart by row-level security too: refuses to start where it would hold nobody back, be it for the role that
 * the service works as, or for a table with tenants' rows that has none.
 */
@Component
class RoleCheck implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(RoleCheck.class);

    private final JdbcClient db;
    private final DatabaseSettings settings;

    RoleCheck(JdbcClient db, DatabaseSettings settings) {
        this.db = db;
        this.settings = settings;
    }

    @Override
    public void afterPropertiesSet() {
        var role = role();
        if (role.isHeld()) {
            requirePolicies();
        } else if (settings.allowPrivilegedRole()) {
            LOG.warn(
                    "The service works as {}, which {}: row-level security does not keep senders apart.",
                    role.name(),
                    role.why());
        } else {
            throw new RefusedToStart(
                    "The service works as the database role " + role.name() + ", which " + role.why()
                            + ": row-level security would not keep senders apart.",
                    "Name referral_app (db/roles.sql makes it) in spring.datasource.username, and the owner in"
                            + " spring.flyway.user only. Or set referral.database.allow-privileged-role=true.");
        }
    }

    private record Role(String name, boolean bypasses, boolean owns) {
        boolean isHeld() {
            return !bypasses && !owns;
        }

        String why() {
            return bypasses ? "is a superuser or bypasses row-level security" : "owns tables of the schema";
        }
    }

    private Role role() {
        return db.sql("""
                        select rolname, rolsuper or rolbypassrls as bypasses,
                               exists (select from pg_class c
                                       where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                                         and pg_has_role(current_user, c.relowner, 'member')) as owns
                        from pg_roles where rolname = current_user
                        """)
                .query((row, number) ->
                        new Role(row.getString("rolname"), row.getBoolean("bypasses"), row.getBoolean("owns")))
                .single();
    }

    private void requirePolicies() {
        var open = db.sql("""
                        select c.relname from pg_class c
                        join pg_attribute a on a.attrelid = c.oid and a.attname = 'sender' and not a.attisdropped
                        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                          and not (c.relrowsecurity and c.relforcerowsecurity)
                        order by c.relname
                        """).query(String.class).list();
        if (!open.isEmpty()) {
            throw new RefusedToStart(
                    "Tables with senders' rows have no row-level security: " + String.join(", ", open) + ".",
                    "Let the migrations run to their end, or switch it on as migration V47 does.");
        }
    }
}
