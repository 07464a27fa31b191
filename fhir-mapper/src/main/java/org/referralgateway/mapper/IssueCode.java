package org.referralgateway.mapper;

import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Every kind of problem that the gateway tells a sender about, with a stable name and FHIR's issue type. A new kind is a
 * row here and a line in {@code deploy/docs/issue-codes.md}, which a test compares.
 */
public enum IssueCode {
    // What is in no form that is taken: 415
    MEDIA_TYPE_NOT_SUPPORTED("media-type-not-supported", IssueType.NOTSUPPORTED, Refusal.UNSUPPORTED),
    FHIR_VERSION_NOT_SUPPORTED("fhir-version-not-supported", IssueType.NOTSUPPORTED, Refusal.UNSUPPORTED),

    // What cannot be read at all: 400
    JSON_SYNTAX("json-syntax", IssueType.STRUCTURE, Refusal.UNREADABLE),
    XML_SYNTAX("xml-syntax", IssueType.STRUCTURE, Refusal.UNREADABLE),
    XML_NOT_ALLOWED("xml-not-allowed", IssueType.STRUCTURE, Refusal.UNREADABLE),
    NOT_UTF8("not-utf8", IssueType.STRUCTURE, Refusal.UNREADABLE),
    DUPLICATE_KEY("duplicate-key", IssueType.STRUCTURE, Refusal.UNREADABLE),
    FORBIDDEN_CHARACTER("forbidden-character", IssueType.VALUE, Refusal.UNREADABLE),
    NOT_A_RESOURCE("not-a-resource", IssueType.STRUCTURE, Refusal.UNREADABLE),
    UNKNOWN_ELEMENT("unknown-element", IssueType.STRUCTURE, Refusal.UNREADABLE),
    WRONG_SHAPE("wrong-shape", IssueType.STRUCTURE, Refusal.UNREADABLE),
    EMPTY_ELEMENT("empty-element", IssueType.STRUCTURE, Refusal.UNREADABLE),
    NARRATIVE_UNREADABLE("narrative-unreadable", IssueType.VALUE, Refusal.UNREADABLE),
    INVALID_VALUE("invalid-value", IssueType.VALUE, Refusal.UNREADABLE),
    INVALID_CODE("invalid-code", IssueType.CODEINVALID, Refusal.UNREADABLE),
    WRONG_RESOURCE_TYPE("wrong-resource-type", IssueType.INVALID, Refusal.UNREADABLE),

    // What is too much: 413 or 422
    TOO_LARGE("too-large", IssueType.TOOLONG, Refusal.TOO_LARGE),
    TOO_DEEP("too-deep", IssueType.TOOCOSTLY, Refusal.RULE_BROKEN),
    TOO_MANY_ENTRIES("too-many-entries", IssueType.TOOCOSTLY, Refusal.TOO_LARGE),
    NUMBER_TOO_LARGE("number-too-large", IssueType.VALUE, Refusal.RULE_BROKEN),
    STRING_TOO_LONG("string-too-long", IssueType.TOOLONG, Refusal.TOO_LARGE),
    TOO_MANY_ELEMENTS("too-many-elements", IssueType.TOOCOSTLY, Refusal.TOO_LARGE),

    // What breaks a rule: 422
    REQUIRED_MISSING("required-missing", IssueType.REQUIRED, Refusal.RULE_BROKEN),
    CHOICE_REPEATED("choice-repeated", IssueType.STRUCTURE, Refusal.RULE_BROKEN),
    SUBJECT_MISSING("subject-missing", IssueType.REQUIRED, Refusal.RULE_BROKEN),
    SUBJECT_UNRESOLVED("subject-unresolved", IssueType.NOTFOUND, Refusal.RULE_BROKEN),
    SUBJECT_WRONG_TYPE("subject-wrong-type", IssueType.BUSINESSRULE, Refusal.RULE_BROKEN),
    SUBJECT_WITHOUT_IDENTITY("subject-without-identity", IssueType.BUSINESSRULE, Refusal.RULE_BROKEN),
    STATUS_NOT_ACTIONABLE("status-not-actionable", IssueType.BUSINESSRULE, Refusal.RULE_BROKEN),
    DO_NOT_PERFORM("do-not-perform", IssueType.BUSINESSRULE, Refusal.RULE_BROKEN),
    UNKNOWN_MODIFIER("unknown-modifier", IssueType.EXTENSION, Refusal.RULE_BROKEN),
    NOT_A_REFERRAL("not-a-referral", IssueType.BUSINESSRULE, Refusal.RULE_BROKEN),
    BUNDLE_EMPTY("bundle-empty", IssueType.REQUIRED, Refusal.RULE_BROKEN),
    BUNDLE_WITHOUT_SERVICE_REQUEST("bundle-without-service-request", IssueType.REQUIRED, Refusal.RULE_BROKEN),
    BUNDLE_TYPE_NOT_SUPPORTED("bundle-type-not-supported", IssueType.NOTSUPPORTED, Refusal.RULE_BROKEN),
    ENTRY_WITHOUT_RESOURCE("entry-without-resource", IssueType.REQUIRED, Refusal.RULE_BROKEN),
    ENTRY_METHOD_NOT_SUPPORTED("entry-method-not-supported", IssueType.NOTSUPPORTED, Refusal.RULE_BROKEN),
    ENTRY_URL_MISMATCH("entry-url-mismatch", IssueType.INVALID, Refusal.RULE_BROKEN),
    FULL_URL_REPEATED("full-url-repeated", IssueType.DUPLICATE, Refusal.RULE_BROKEN),
    REFERRAL_REPEATED("referral-repeated", IssueType.DUPLICATE, Refusal.RULE_BROKEN),
    CONDITION_NOT_SUPPORTED("condition-not-supported", IssueType.NOTSUPPORTED, Refusal.RULE_BROKEN),
    UNSAFE_REFERENCE("unsafe-reference", IssueType.VALUE, Refusal.RULE_BROKEN),
    FHIR_RULE_BROKEN("fhir-rule-broken", IssueType.INVARIANT, Refusal.RULE_BROKEN),
    FAULT_REFUSED("fault-refused", IssueType.INVALID, Refusal.RULE_BROKEN),
    VALIDATION_TOO_COSTLY("validation-too-costly", IssueType.TOOCOSTLY, Refusal.RULE_BROKEN),
    VALIDATION_BUSY("validation-busy", IssueType.THROTTLED, Refusal.BUSY),
    NOT_CONVERTIBLE("not-convertible", IssueType.PROCESSING, Refusal.RULE_BROKEN),
    MESSAGE_EVENT_NOT_SUPPORTED("message-event-not-supported", IssueType.NOTSUPPORTED, Refusal.RULE_BROKEN),
    MESSAGE_PAIR_ILLEGAL("message-pair-illegal", IssueType.INVARIANT, Refusal.UNREADABLE),
    FOCUS_UNRESOLVED("focus-unresolved", IssueType.NOTFOUND, Refusal.RULE_BROKEN),
    SEVERAL_SERVICE_REQUESTS("several-service-requests", IssueType.MULTIPLEMATCHES, Refusal.RULE_BROKEN),
    NOT_A_REQUEST("not-a-request", IssueType.BUSINESSRULE, Refusal.RULE_BROKEN),
    BASE_NOT_REGISTERED("base-not-registered", IssueType.FORBIDDEN, Refusal.RULE_BROKEN),
    REFERRAL_NOT_CURRENT("referral-not-current", IssueType.CONFLICT, Refusal.CONFLICT),
    MESSAGE_OUTDATED("message-outdated", IssueType.CONFLICT, Refusal.CONFLICT),
    PATIENT_DIFFERS("patient-differs", IssueType.CONFLICT, Refusal.CONFLICT),
    TOO_MANY_WAITING("too-many-waiting", IssueType.THROTTLED, Refusal.BUSY),
    MESSAGE_REPEATED("message-repeated", IssueType.DUPLICATE, Refusal.CONFLICT),
    VERSION_NOT_CURRENT("version-not-current", IssueType.CONFLICT, Refusal.PRECONDITION),
    PLACER_NUMBER_REUSED("placer-number-reused", IssueType.CONFLICT, Refusal.CONFLICT),
    REQUEST_ID_REUSED("request-id-reused", IssueType.CONFLICT, Refusal.CONFLICT),

    // What travels with the referral
    CONVERTED("converted", IssueType.INFORMATIONAL, Refusal.NONE),
    LOST_IN_CONVERSION("lost-in-conversion", IssueType.INCOMPLETE, Refusal.NONE),
    FAULT_IN_SUPPORTING_RESOURCE("fault-in-supporting-resource", IssueType.INVALID, Refusal.NONE),
    CODE_UNKNOWN("code-unknown", IssueType.CODEINVALID, Refusal.NONE),
    NOT_VALIDATED("not-validated", IssueType.INCOMPLETE, Refusal.NONE),
    REFERENCE_UNRESOLVED("reference-unresolved", IssueType.NOTFOUND, Refusal.NONE),
    PRIORITY_ASSUMED("priority-assumed", IssueType.INCOMPLETE, Refusal.NONE),
    PRIORITY_CONFLICT("priority-conflict", IssueType.CONFLICT, Refusal.NONE),
    INTENT_UNUSUAL("intent-unusual", IssueType.INFORMATIONAL, Refusal.NONE),
    STATUS_UNUSUAL("status-unusual", IssueType.INFORMATIONAL, Refusal.NONE),
    PLACER_NUMBER_MISSING("placer-number-missing", IssueType.INCOMPLETE, Refusal.NONE),
    IDENTIFIER_INCOMPLETE("identifier-incomplete", IssueType.INCOMPLETE, Refusal.NONE),
    IDENTIFIER_OF_A_PERSON("identifier-of-a-person", IssueType.BUSINESSRULE, Refusal.NONE),
    REASON_MISSING("reason-missing", IssueType.INCOMPLETE, Refusal.NONE),
    REASON_ASSUMED("reason-assumed", IssueType.INCOMPLETE, Refusal.NONE),
    REASON_NOT_CODED("reason-not-coded", IssueType.INCOMPLETE, Refusal.NONE),
    REASON_NOT_RECOGNISED("reason-not-recognised", IssueType.CODEINVALID, Refusal.NONE),
    REQUESTER_ASSUMED("requester-assumed", IssueType.INCOMPLETE, Refusal.NONE),
    CONTACT_PROHIBITED("contact-prohibited", IssueType.BUSINESSRULE, Refusal.NONE),
    CONSENT_WITHHELD("consent-withheld", IssueType.BUSINESSRULE, Refusal.NONE),
    DRUG_NOT_RECOGNISED("drug-not-recognised", IssueType.CODEINVALID, Refusal.NONE),
    VALUE_NOT_CODED("value-not-coded", IssueType.INCOMPLETE, Refusal.NONE),
    SERVICE_NOT_RECOGNISED("service-not-recognised", IssueType.INCOMPLETE, Refusal.NONE),
    SOCIAL_CARE_REFERRAL("social-care-referral", IssueType.INFORMATIONAL, Refusal.NONE),
    NOT_MAPPED("not-mapped", IssueType.INFORMATIONAL, Refusal.NONE),
    WAITS_FOR_ANOTHER("waits-for-another", IssueType.INCOMPLETE, Refusal.NONE),
    AMENDED("amended", IssueType.INFORMATIONAL, Refusal.NONE),
    NOTHING_CHANGED("nothing-changed", IssueType.INFORMATIONAL, Refusal.NONE),
    WITHDRAWN("withdrawn", IssueType.INFORMATIONAL, Refusal.NONE),
    LEFT_OUT("left-out", IssueType.INFORMATIONAL, Refusal.NONE),
    NOT_TAKEN_AS_REFERRAL("not-taken-as-referral", IssueType.INFORMATIONAL, Refusal.NONE),
    MISSING_FROM_MINIMUM_DATA("missing-from-minimum-data", IssueType.INCOMPLETE, Refusal.NONE),
    STALE_IN_MINIMUM_DATA("stale-in-minimum-data", IssueType.INCOMPLETE, Refusal.NONE);

    private final String wireName;
    private final IssueType fhirType;
    private final Refusal refusal;

    IssueCode(String wireName, IssueType fhirType, Refusal refusal) {
        this.wireName = wireName;
        this.fhirType = fhirType;
        this.refusal = refusal;
    }

    /** How a request is refused that has such an error. */
    public enum Refusal {
        /** It refuses nothing; it travels with the referral. */
        NONE(200),
        BUSY(429),
        PRECONDITION(412),
        CONFLICT(409),
        RULE_BROKEN(422),
        TOO_LARGE(413),
        UNREADABLE(400),
        UNSUPPORTED(415);

        private final int httpStatus;

        Refusal(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        public int httpStatus() {
            return httpStatus;
        }
    }

    /** How a request with this error is refused; where it has several errors, the last constant of Refusal wins. */
    public Refusal refusal() {
        return refusal;
    }

    /** The stable name, for example {@code subject-unresolved}: {@code OperationOutcome.issue.details.coding.code}. */
    public String wireName() {
        return wireName;
    }

    /** {@code OperationOutcome.issue.code}. */
    public IssueType fhirType() {
        return fhirType;
    }
}
