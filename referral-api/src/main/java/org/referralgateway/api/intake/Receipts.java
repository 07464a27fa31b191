package org.referralgateway.api.intake;

import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.referralgateway.api.intake.IntakeResult.Accepted;
import org.referralgateway.api.platform.Identity;
import org.referralgateway.api.vault.Places;
import org.referralgateway.api.vault.Vault;
import org.referralgateway.mapper.MappingIssue;
import org.referralgateway.mapper.Outcomes;
import org.referralgateway.mapper.Referral;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What a sender is told about a referral that was taken: the same when it is sent again. */
@Component
class Receipts {

    private final JdbcClient db;
    private final JsonMapper json;
    private final Identity identity;
    private final Vault vault;

    Receipts(JdbcClient db, JsonMapper json, Identity identity, Vault vault) {
        this.vault = vault;
        this.db = db;
        this.json = json;
        this.identity = identity;
    }

    OperationOutcome of(Accepted accepted, int entry) {
        return Outcomes.of(accepted.receipts().stream()
                .filter(receipt -> receipt.entry() == entry)
                .findFirst()
                .map(IntakeResult.Receipt::issues)
                .orElse(List.of()));
    }

    OperationOutcome nothingToSay() {
        return Outcomes.of(List.of());
    }

    /** The receipt of a referral that is stored already. */
    OperationOutcome ofStored(UUID referral) {
        var sender = identity.sender();
        List<MappingIssue> issues = db.sql(
                        "select version, content from referral where sender = :sender and referral = :referral")
                .param("sender", sender)
                .param("referral", referral)
                .query((row, number) -> vault.open(
                        referral, Places.content(sender, referral, row.getInt("version")), row.getBytes("content")))
                .optional()
                .map(content -> json.readValue(content, Referral.class).issues())
                .orElse(List.of());
        return Outcomes.of(issues);
    }
}
