package org.referralgateway.api.auditevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.referralgateway.api.audit.TrailRows.Found;
import org.referralgateway.trail.AuditRow;

/** A row of the trail as an AuditEvent. It names ids of ours and of whoever acted; never a patient's data. */
final class AuditEventRendering {

    static final String ACTIONS = "http://referralgateway.org/fhir/CodeSystem/audit-action";
    static final String ACTORS = "http://referralgateway.org/fhir/sid/actor";
    static final String PATIENT_OF = "http://referralgateway.org/fhir/sid/patient-of-referral";
    static final String LEAF = "http://referralgateway.org/fhir/StructureDefinition/audit-leaf";
    private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String SERVER = "referral-gateway";

    /** What stands where a row does not know the address: rows from before it was kept, and what no request caused. */
    private static final String UNKNOWN_ADDRESS = "0.0.0.0";

    private AuditEventRendering() {}

    static UUID id(long position) {
        return new UUID(0, position);
    }

    static AuditEvent of(Found found) {
        var row = found.row();
        var interaction = Interaction.of(row);
        boolean success = row.outcome().equals("success");
        boolean ofPatient = row.referral() != null;
        var event = new AuditEvent();
        event.setId(id(row.position()).toString());
        // BALP's profiles are about what went well; what was refused is recorded without.
        if (success && interaction.hasProfile()) {
            event.getMeta().addProfile(interaction.profile(ofPatient));
        }
        event.setType(coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "Restful Operation"));
        event.addSubtype(coding("http://hl7.org/fhir/restful-interaction", interaction.code(), interaction.code()));
        event.addSubtype(new Coding().setSystem(ACTIONS).setCode(row.action()));
        event.setAction(interaction.action());
        event.setRecordedElement(new InstantType(
                Date.from(row.at()),
                ca.uhn.fhir.model.api.TemporalPrecisionEnum.MILLI,
                java.util.TimeZone.getTimeZone("UTC")));
        event.setOutcome(success ? AuditEventOutcome._0 : AuditEventOutcome._4);
        if (!success) {
            event.setOutcomeDesc(row.outcome());
        }
        agents(event, row, interaction);
        event.getSource().setObserver(identified(SERVER)).setSite(row.sender());
        entities(event, row, interaction, found.patient());
        if (found.leaf() != null) {
            event.addExtension(LEAF, new StringType(found.leaf().toString()));
        }
        return event;
    }

    private static void agents(AuditEvent event, AuditRow row, Interaction interaction) {
        var source = coding(DCM, "110153", "Source Role ID");
        var destination = coding(DCM, "110152", "Destination Role ID");
        boolean isPerson = row.actor().startsWith("person:");
        event.addAgent(agent(interaction.clientIsSource() ? source : destination)
                .setWho(identified(row.client() == null ? isPerson ? "pages" : row.actor() : row.client()))
                .setRequestor(!isPerson)
                .setNetwork(network(row.address())));
        event.addAgent(agent(interaction.clientIsSource() ? destination : source)
                .setWho(identified(SERVER))
                .setRequestor(false)
                .setNetwork(network("127.0.0.1")));
        if (isPerson) {
            event.addAgent(agent(user(interaction))
                    .setWho(identified(row.actor()))
                    .setName(row.actor().substring("person:".length()))
                    .setRequestor(true));
        }
        if (row.purpose() != null) {
            event.getAgent()
                    .getLast()
                    .addPurposeOfUse(new CodeableConcept(new Coding()
                            .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActReason")
                            .setCode(row.purpose())));
        }
        if (row.organisation() != null) {
            event.getAgent().getLast().addRole(new CodeableConcept().setText(row.organisation()));
        }
    }

    /** Who reads receives; who writes is the author. */
    private static Coding user(Interaction interaction) {
        return interaction == Interaction.READ || interaction == Interaction.QUERY
                ? coding(PARTICIPATION, "IRCP", "information recipient")
                : coding(PARTICIPATION, "AUT", "author (originator)");
    }

    private static void entities(AuditEvent event, AuditRow row, Interaction interaction, @Nullable String patient) {
        if (row.requestId() != null) {
            event.addEntity(new AuditEventEntityComponent()
                    .setType(coding(
                            "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType",
                            "XrequestId",
                            "XrequestId"))
                    .setWhat(new Reference().setIdentifier(new Identifier().setValue(row.requestId()))));
        }
        if (interaction == Interaction.QUERY) {
            event.addEntity(object("24", "Query").setQuery(row.action().getBytes(UTF_8)));
        } else {
            event.addEntity(object("4", "Domain Resource").setWhat(subject(row)));
        }
        if (row.referral() != null) {
            event.addEntity(new AuditEventEntityComponent()
                    .setType(coding(ENTITY_TYPE, "1", "Person"))
                    .setRole(coding(OBJECT_ROLE, "1", "Patient"))
                    .setWhat(patient(row.referral(), patient)));
        }
    }

    /** One that is contained in its ServiceRequest has no address; it is named as the patient of that referral. */
    private static Reference patient(UUID referral, @Nullable String patient) {
        return patient != null
                ? new Reference(patient)
                : new Reference()
                        .setType("Patient")
                        .setIdentifier(new Identifier().setSystem(PATIENT_OF).setValue(referral.toString()));
    }

    private static AuditEventEntityComponent object(String role, String display) {
        return new AuditEventEntityComponent()
                .setType(coding(ENTITY_TYPE, "2", "System Object"))
                .setRole(coding(OBJECT_ROLE, role, display));
    }

    private static Reference subject(AuditRow row) {
        if (row.referral() == null) {
            return new Reference()
                    .setIdentifier(new Identifier().setSystem(ACTIONS).setValue(row.action()));
        }
        return new Reference(
                "ServiceRequest/" + row.referral() + (row.version() == null ? "" : "/_history/" + row.version()));
    }

    private static AuditEventAgentComponent agent(Coding type) {
        return new AuditEventAgentComponent().setType(new CodeableConcept(type));
    }

    private static AuditEvent.AuditEventAgentNetworkComponent network(@Nullable String address) {
        return new AuditEvent.AuditEventAgentNetworkComponent()
                .setAddress(address == null ? UNKNOWN_ADDRESS : address)
                .setType(AuditEventAgentNetworkType._2);
    }

    private static Reference identified(String actor) {
        return new Reference().setIdentifier(new Identifier().setSystem(ACTORS).setValue(actor));
    }

    private static Coding coding(String system, String code, String display) {
        return new Coding(system, code, display);
    }
}
