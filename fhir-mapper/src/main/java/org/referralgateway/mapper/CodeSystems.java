package org.referralgateway.mapper;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The code systems that the clinical tables speak of: their names in the tables and their canonical URLs. Source:
 * <a href="http://hl7.org/fhir/R4/terminologies-systems.html">code systems</a>.
 */
final class CodeSystems {

    static final String SNOMED_CT = "http://snomed.info/sct";
    static final String LOINC = "http://loinc.org";
    static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
    static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    static final String ATC = "http://www.whocc.no/atc";

    private static final Map<String, String> URL_BY_NAME = Map.of(
            "SNOMED CT",
            SNOMED_CT,
            "LOINC",
            LOINC,
            "ICD-10-CM",
            ICD_10_CM,
            "ICD-10",
            ICD_10,
            "RxNorm",
            RXNORM,
            "ATC",
            ATC);

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.*-]{0,39}");

    private CodeSystems() {}

    static @Nullable String urlOf(String tableName) {
        return URL_BY_NAME.get(tableName);
    }

    /** True where the text is a code of a system we know and looks like one, so that it may leave the database. */
    static boolean isPublic(@Nullable String system, String code) {
        return system != null
                && URL_BY_NAME.containsValue(system)
                && CODE.matcher(code).matches();
    }
}
