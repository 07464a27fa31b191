package org.referralgateway.mapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.referralgateway.mapper.Referral.Alert;
import org.referralgateway.mapper.Referral.ConsentGiven;
import org.referralgateway.mapper.Referral.ContactSafety;

/**
 * What to heed before anybody gets in touch: the request's own word (Gravity SDOH), Flags, Consents. Source: the reference
 * notes, section 4.9.
 */
final class ContactSafetyMapping {

    /** Gravity SDOH: the person does not want to be contacted, for example because of violence at home. */
    private static final String PROHIBITED = "contacting-subject-prohibited";

    private final Belongings belongings;
    private final Trace trace;
    private final Instant now;

    ContactSafetyMapping(Belongings belongings, Trace trace, Instant now) {
        this.belongings = belongings;
        this.trace = trace;
        this.now = now;
    }

    ContactSafety of(ServiceRequest request, String path) {
        return new ContactSafety(prohibited(request, path), alerts(), consents());
    }

    static boolean isProhibition(CodeableConcept detail) {
        return detail.getCoding().stream().anyMatch(coding -> PROHIBITED.equals(coding.getCode()));
    }

    private boolean prohibited(ServiceRequest request, String path) {
        for (int i = 0; i < request.getOrderDetail().size(); i++) {
            if (isProhibition(request.getOrderDetail().get(i))) {
                var here = path + ".orderDetail[" + i + "]";
                trace.coded("contactSafety.contactProhibited", here);
                trace.warning(
                        IssueCode.CONTACT_PROHIBITED,
                        here,
                        "The person must not be contacted about this request. The clinic will ask you how to arrange it.");
                return true;
            }
        }
        return false;
    }

    private List<Alert> alerts() {
        var alerts = new ArrayList<Alert>();
        for (var found : belongings.all(Flag.class)) {
            var flag = found.resource();
            var status = Concepts.code(flag.getStatusElement());
            if ("entered-in-error".equals(status)) {
                trace.leftOut(found.path(), "It is marked as entered in error.");
            } else if ("inactive".equals(status) || Periods.isOver(flag.getPeriod(), now)) {
                trace.leftOut(found.path(), "It no longer holds.");
            } else {
                alerts.add(alert(flag, trace.row("contactSafety.alerts[" + alerts.size() + "]", found.path())));
            }
        }
        return alerts;
    }

    private static Alert alert(Flag flag, Row row) {
        return new Alert(
                row.copied("concept", "code", Concepts.of(flag.getCode())),
                row.labels("category", "category", flag.getCategory()),
                row.copied("period", "period", Periods.text(flag.getPeriod())));
    }

    private List<ConsentGiven> consents() {
        var consents = new ArrayList<ConsentGiven>();
        for (var found : belongings.all(Consent.class)) {
            var consent = found.resource();
            if ("entered-in-error".equals(Concepts.code(consent.getStatusElement()))) {
                trace.leftOut(found.path(), "It is marked as entered in error.");
                continue;
            }
            var given = consent(consent, trace.row("contactSafety.consents[" + consents.size() + "]", found.path()));
            consents.add(given);
            if (given.withholds() && !Periods.isOver(consent.getProvision().getPeriod(), now)) {
                trace.warning(
                        IssueCode.CONSENT_WITHHELD,
                        found.path(),
                        "A consent refuses something. A coordinator looks at it before anything is shared or planned.");
            }
        }
        return consents;
    }

    private static ConsentGiven consent(Consent consent, Row row) {
        return new ConsentGiven(
                row.copied("status", "status", Concepts.code(consent.getStatusElement())),
                row.copied("scope", "scope", Concepts.of(consent.getScope()).label()),
                row.labels("category", "category", consent.getCategory()),
                row.copied("decision", "provision", decision(consent)),
                row.copied(
                        "period",
                        "provision",
                        Periods.text(consent.getProvision().getPeriod())),
                row.copied("date", "dateTime", Periods.date(consent.getDateTimeElement())));
    }

    private static @Nullable String decision(Consent consent) {
        var provision = consent.getProvision();
        if (provision.getType() == null || provision.getType() == ConsentProvisionType.NULL) {
            return null;
        }
        return provision.getType().toCode() + (provision.hasProvision() ? " with exceptions" : "");
    }
}
