package org.referralgateway.api;

import java.util.UUID;

/** Referrals to send; each test changes the one thing it is about. */
public final class Referrals {

    private Referrals() {}

    public static String newNumber() {
        return "R-" + UUID.randomUUID();
    }

    /** A bare ServiceRequest with a contained Patient. */
    public static String aReferral(String placerNumber) {
        return """
                {
                  "resourceType": "ServiceRequest",
                  "contained": [
                    {
                      "resourceType": "Patient",
                      "id": "p",
                      "identifier": [{"system": "https://practice.example/patients", "value": "P-%1$s"}],
                      "name": [{"family": "Nutt", "given": ["Hazel"]}],
                      "telecom": [{"system": "phone", "value": "555-0101"}],
                      "gender": "female",
                      "birthDate": "1971-04-02"
                    },
                    {
                      "resourceType": "Condition",
                      "id": "c",
                      "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
                      "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "G90.511"}]},
                      "subject": {"reference": "#p"},
                      "onsetDateTime": "2025-11-02"
                    }
                  ],
                  "identifier": [
                    {
                      "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "PLAC"}]},
                      "system": "https://practice.example/orders",
                      "value": "%1$s"
                    }
                  ],
                  "status": "active",
                  "intent": "order",
                  "priority": "urgent",
                  "code": {"coding": [{"system": "http://snomed.info/sct", "code": "306109009"}], "text": "Referral to pain clinic"},
                  "subject": {"reference": "#p"},
                  "authoredOn": "2026-11-01T09:30:00+01:00",
                  "requester": {"display": "Dr Linden"},
                  "reasonReference": [{"reference": "#c"}]
                }
                """.formatted(placerNumber);
    }

    /** The same as a transaction with Patient, Condition, ServiceRequest and Task as entries. */
    public static String aTransaction(String placerNumber) {
        return """
                {
                  "resourceType": "Bundle",
                  "type": "transaction",
                  "entry": [
                    {
                      "fullUrl": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001",
                      "resource": {
                        "resourceType": "Patient",
                        "identifier": [{"system": "https://practice.example/patients", "value": "P-%1$s"}],
                        "name": [{"family": "Birch", "given": ["Silvia"]}],
                        "birthDate": "1980-01-31"
                      },
                      "request": {"method": "POST", "url": "Patient"}
                    },
                    {
                      "fullUrl": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000002",
                      "resource": {
                        "resourceType": "Condition",
                        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "B02.29"}]},
                        "subject": {"reference": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001"}
                      },
                      "request": {"method": "POST", "url": "Condition"}
                    },
                    {
                      "fullUrl": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000003",
                      "resource": {
                        "resourceType": "ServiceRequest",
                        "identifier": [
                          {
                            "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "PLAC"}]},
                            "system": "https://practice.example/orders",
                            "value": "%1$s"
                          }
                        ],
                        "status": "active",
                        "intent": "order",
                        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "306109009"}]},
                        "subject": {"reference": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001"},
                        "reasonReference": [{"reference": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000002"}]
                      },
                      "request": {"method": "POST", "url": "ServiceRequest"}
                    },
                    {
                      "fullUrl": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000004",
                      "resource": {
                        "resourceType": "Task",
                        "status": "requested",
                        "intent": "order",
                        "code": {"coding": [{"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "fulfill"}]},
                        "focus": {"reference": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000003"},
                        "for": {"reference": "urn:uuid:0b1f0c1e-1111-4a4a-8a8a-000000000001"}
                      },
                      "request": {"method": "POST", "url": "Task"}
                    }
                  ]
                }
                """.formatted(placerNumber);
    }
}
