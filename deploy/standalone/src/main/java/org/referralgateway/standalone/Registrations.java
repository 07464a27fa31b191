package org.referralgateway.standalone;

import java.sql.Types;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gateway's list of senders, changed from outside: a running gateway heeds it at once, a revocation within seconds. */
final class Registrations {
    private final JdbcClient db;

    Registrations(DataSource database) {
        db = JdbcClient.create(database);
    }

    /**
     * A client as it is registered.
     *
     * @param jwks its public keys; null where they lie at an address, or where an external issuer knows it
     * @param certificate SHA-256 of the certificate that has to come with its connections, base64url; null for any
     */
    record Registration(
            String client,
            String sender,
            String organisation,
            @Nullable String jwks,
            @Nullable String jwksUrl,
            List<String> scopes,
            boolean strict,
            @Nullable String certificate) {}

    /** One line of the list. */
    record Line(String client, String sender, String organisation, boolean active, String keys, String scopes) {}

    Optional<Line> find(String client) {
        return all().stream().filter(line -> line.client().equals(client)).findFirst();
    }

    List<Line> all() {
        return db.sql("""
                        select client, sender, name, active,
                               case when jwks is not null then 'registered' else coalesce(jwks_url, 'of the issuer') end as keys,
                               array_to_string(scopes, ' ') as scopes
                        from sender_client order by sender, client
                        """)
                .query((row, number) -> new Line(
                        row.getString("client"),
                        row.getString("sender"),
                        row.getString("name"),
                        row.getBoolean("active"),
                        row.getString("keys"),
                        row.getString("scopes")))
                .list();
    }

    /** Makes or changes a registration; whose it is cannot be changed. One statement, so that the trail tells what was done. */
    boolean register(Registration registration, String person) {
        return db.sql("""
                        with changed as (
                            insert into sender_client (client, sender, name, jwks, jwks_url, scopes, strict, certificate)
                            values (:client, :sender, :name, :jwks::jsonb, :url, string_to_array(:scopes, ' '), :strict, :certificate)
                            on conflict (client) do update
                                set name = excluded.name, jwks = excluded.jwks, jwks_url = excluded.jwks_url,
                                    scopes = excluded.scopes, strict = excluded.strict, certificate = excluded.certificate,
                                    active = true, changed_at = now()
                                where sender_client.sender = excluded.sender
                            returning sender, client
                        ), told as (
                            insert into audit_event (sender, at, actor, action, outcome, detail)
                            select sender, now(), :actor, 'sender.registered', 'success',
                                   jsonb_build_object('client', client, 'scopes', :scopes::text)
                            from changed
                        )
                        select count(*) from changed
                        """)
                        .param("client", registration.client())
                        .param("sender", registration.sender())
                        .param("name", registration.organisation())
                        .param("jwks", registration.jwks(), Types.VARCHAR)
                        .param("url", registration.jwksUrl(), Types.VARCHAR)
                        .param("scopes", String.join(" ", registration.scopes()))
                        .param("strict", registration.strict())
                        .param("certificate", registration.certificate(), Types.VARCHAR)
                        .param("actor", "person:" + person)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /** Opens or closes the door to a client. */
    boolean setActive(String client, boolean active, String person) {
        return db.sql("""
                        with changed as (
                            update sender_client set active = :active, changed_at = now() where client = :client
                            returning sender, client
                        ), told as (
                            insert into audit_event (sender, at, actor, action, outcome, detail)
                            select sender, now(), :actor, :action, 'success', jsonb_build_object('client', client)
                            from changed
                        )
                        select count(*) from changed
                        """)
                        .param("client", client)
                        .param("active", active)
                        .param("actor", "person:" + person)
                        .param("action", active ? "sender.restored" : "sender.revoked")
                        .query(Integer.class)
                        .single()
                == 1;
    }
}
