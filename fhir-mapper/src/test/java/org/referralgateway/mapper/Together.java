package org.referralgateway.mapper;

import java.util.List;

/**
 * A collection of a referral, its patient, and what a test is about. JSON is written with single quotes. The ServiceRequest is
 * {@code Bundle.entry[0]}, the Patient {@code Bundle.entry[1]}, the others follow.
 */
final class Together {

    static final String PATIENT = """
            {'resourceType':'Patient','id':'p','identifier':[{'system':'https://ehr.example/mrn','value':'1'}],
            'name':[{'text':'Robin Sorrel'}],'birthDate':'1971-04-05','gender':'female'}""";

    private Together() {}

    /** The referral, with more members and with other resources. */
    static Referral referral(String members, String... others) {
        return Payloads.referral(bundle(members, PATIENT, others));
    }

    /** The referral of another patient. */
    static Referral referralOf(String patient, String members, String... others) {
        return Payloads.referral(bundle(members, patient, others));
    }

    static List<MappingIssue> refused(String members, String... others) {
        if (Payloads.mapped(bundle(members, PATIENT, others)).getFirst() instanceof Mapped.Refused refused) {
            return refused.issues();
        }
        throw new AssertionError("The referral was taken.");
    }

    static String bundle(String members, String patient, String... others) {
        var entries = new StringBuilder();
        entries.append(entry("""
                {'resourceType':'ServiceRequest','id':'s','status':'active','intent':'order',
                'subject':{'reference':'Patient/p'}%s}""".formatted(members.isEmpty() ? "" : "," + members)));
        entries.append(',').append(entry(patient));
        for (var other : others) {
            entries.append(',').append(entry(other));
        }
        return ("{'resourceType':'Bundle','type':'collection','entry':[" + entries + "]}").replace('\'', '"');
    }

    private static String entry(String resource) {
        return "{'resource':" + resource + "}";
    }

    /** The line of lineage of a field, as {@code source HOW}. */
    static List<String> sources(Referral referral, String field) {
        return referral.lineage().stream()
                .filter(line -> line.field().equals(field))
                .map(line -> line.source() + " " + line.how())
                .toList();
    }

    static List<String> issues(Referral referral) {
        return issues(referral.issues());
    }

    /** Without those about the minimum data set. */
    static List<String> issues(List<MappingIssue> issues) {
        return issues.stream()
                .filter(issue -> issue.code() != IssueCode.MISSING_FROM_MINIMUM_DATA
                        && issue.code() != IssueCode.STALE_IN_MINIMUM_DATA)
                .map(issue -> issue.code().wireName() + " " + issue.expression())
                .toList();
    }
}
