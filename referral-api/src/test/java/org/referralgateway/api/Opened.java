package org.referralgateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What lies locked, for tests that look at what is stored. */
public final class Opened {

    private static final JsonMapper JSON = new JsonMapper();

    private Opened() {}

    /** The body of the submission that a referral came with, and what it was converted to. */
    static List<byte[]> submission(TestGateway gateway, String referral) {
        return gateway.db()
                .sql("select s.sender, s.submission, s.locked_by, s.body, s.converted from submission s"
                        + " join referral r using (sender, submission) where r.referral = :id")
                .param("id", UUID.fromString(referral))
                .query((row, number) -> {
                    var key = row.getObject("locked_by", UUID.class);
                    var id = row.getObject("submission", UUID.class);
                    var vault = gateway.bean(Vault.class);
                    var body = vault.open(key, Places.body(row.getString("sender"), id), row.getBytes("body"));
                    byte[] converted = row.getBytes("converted");
                    return converted == null
                            ? List.of(body)
                            : List.of(body, vault.open(key, Places.converted(row.getString("sender"), id), converted));
                })
                .single();
    }

    /** The data of a record on a topic. */
    static String data(TestGateway gateway, ConsumerRecord<String, byte[]> record) {
        var headers = new HashMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return data(gateway.bean(Vault.class), headers, record.key(), record.value());
    }

    /** The data of a row of the outbox, whose headers are JSON. */
    public static String data(TestGateway gateway, UUID referral, String headers, byte[] data) {
        return data(
                gateway.bean(Vault.class),
                JSON.readValue(headers, new TypeReference<Map<String, String>>() {}),
                referral.toString(),
                data);
    }

    private static String data(Vault vault, Map<String, String> headers, String referral, byte @Nullable [] data) {
        return new String(Objects.requireNonNull(vault.open(headers, UUID.fromString(referral), data)), UTF_8);
    }
}
