package org.referralgateway.api.intake;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.platform.Ids;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.mapper.Referral;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** A sender's own referrals as the gateway understood them. */
@Component
public class ReferralReceipts {

    private final JdbcClient db;
    private final JsonMapper json;
    private final Identity identity;
    private final AuditTrail audit;
    private final Clock clock;
    private final Vault vault;

    ReferralReceipts(JdbcClient db, JsonMapper json, Identity identity, AuditTrail audit, Clock clock, Vault vault) {
        this.vault = vault;
        this.db = db;
        this.json = json;
        this.identity = identity;
        this.audit = audit;
        this.clock = clock;
    }

    /** The referral as it is now, or 404, whether it is somebody else's or nobody's. */
    @Transactional
    public Referral required(IdType id, RequestDetails details) {
        var sender = identity.sender();
        var content = db.sql(
                        "select referral, version, content from referral where sender = :sender and referral = :id")
                .param("sender", sender)
                .param("id", Ids.read(id.getIdPart()).orElseThrow(() -> new ResourceNotFoundException(id)))
                .query((row, number) -> {
                    var referral = row.getObject("referral", UUID.class);
                    return vault.open(
                            referral, Places.content(sender, referral, row.getInt("version")), row.getBytes("content"));
                })
                .optional()
                .orElseThrow(() -> new ResourceNotFoundException(id));
        audit.append(new AuditEntry(
                sender,
                clock.instant(),
                "sender:" + sender,
                "fhir.receipt",
                "success",
                UUID.fromString(id.getIdPart()),
                null,
                details.getRequestId(),
                Map.of()));
        return json.readValue(content, Referral.class);
    }
}
