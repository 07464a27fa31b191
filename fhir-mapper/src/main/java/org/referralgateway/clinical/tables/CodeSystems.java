package org.referralgateway.clinical.tables;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The code systems that the clinical tables speak of: their names in the tables and their canonical URLs. Source:
 * <a href="http://hl7.org/fhir/R4/terminologies-systems.html">code systems</a>.
 */
public final class CodeSystems {

    public static final String SNOMED_CT = "http://snomed.info/sct";
    public static final String LOINC = "http://loinc.org";
    public static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
    public static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    public static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    public static final String ATC = "http://www.whocc.no/atc";

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

    private static final Pattern SNOMED_CODE = Pattern.compile("[1-9][0-9]{5,17}");

    /** Verhoeff's tables: the dihedral group of order ten, and the permutation that is applied by position. */
    private static final String[] DIHEDRAL = {
        "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
        "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"
    };

    private static final String[] PERMUTED = {
        "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"
    };

    private CodeSystems() {}

    /** The URL of a system by its name in the tables; absent where the name is unknown. */
    public static @Nullable String urlOf(String tableName) {
        return URL_BY_NAME.get(tableName);
    }

    /** A code as the tables keep it: ICD without dots and in capitals, others as they are. */
    public static String normalised(String system, String code) {
        return isIcd(system) ? code.replace(".", "").toUpperCase(Locale.ROOT) : code;
    }

    /** True for ICD-10 of the WHO and ICD-10-CM. */
    public static boolean isIcd(String system) {
        return ICD_10_CM.equals(system) || ICD_10.equals(system);
    }

    /** True where the text is a code of a system we know and looks like one, so that it may leave the database. */
    public static boolean isPublic(@Nullable String system, String code) {
        return system != null
                && URL_BY_NAME.containsValue(system)
                && CODE.matcher(code).matches();
    }

    /** True where a text is a SNOMED CT identifier: 6 to 18 digits whose last one is Verhoeff's check digit. */
    public static boolean isSnomed(String code) {
        if (!SNOMED_CODE.matcher(code).matches()) {
            return false;
        }
        int check = 0;
        for (int i = 0; i < code.length(); i++) {
            int digit = code.charAt(code.length() - 1 - i) - '0';
            check = DIHEDRAL[check].charAt(PERMUTED[i % 8].charAt(digit) - '0') - '0';
        }
        return check == 0;
    }
}
