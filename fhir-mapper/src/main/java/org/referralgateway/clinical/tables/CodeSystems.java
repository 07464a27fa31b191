package org.referralgateway.clinical.tables;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    /** Germany's edition of ICD-10, whose G90.5 to G90.7 the WHO's does not have. */
    public static final String ICD_10_GM = "http://fhir.de/CodeSystem/bfarm/icd-10-gm";

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
            "ICD-10-GM",
            ICD_10_GM,
            "RxNorm",
            RXNORM,
            "ATC",
            ATC);

    private static final Set<String> KNOWN = Set.copyOf(URL_BY_NAME.values());

    /** What else senders call them: OIDs, and the drug systems whose codes are those of SNOMED CT and ATC. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("2.16.840.1.113883.6.96", SNOMED_CT),
            Map.entry("2.16.840.1.113883.6.1", LOINC),
            Map.entry("2.16.840.1.113883.6.90", ICD_10_CM),
            Map.entry("2.16.840.1.113883.6.3", ICD_10),
            Map.entry("2.16.840.1.113883.6.135", ICD_10),
            Map.entry("2.16.840.1.113883.6.88", RXNORM),
            Map.entry("2.16.840.1.113883.6.73", ATC),
            Map.entry("dmd.nhs.uk", SNOMED_CT));

    private static final Pattern BEGINNING = Pattern.compile("^(?:https?://(?:www\\.)?|urn:oid:)");
    private static final Pattern END = Pattern.compile("/*(?:\\|.*)?$");

    /** Any edition of ICD-10 but that for procedures. */
    private static final Pattern ICD =
            Pattern.compile("(?:icd|cim|cie|cid)[-_]?10(?:[-_]?([a-z]{2,3}))?", Pattern.CASE_INSENSITIVE);

    /** What was asked before; systems that senders make up are few, and more than these are asked anew. */
    private static final Map<String, String> ASKED = new ConcurrentHashMap<>();

    private static final int MOST_ASKED = 1000;

    private static final Pattern ICD_CODE = Pattern.compile("[A-TV-Z][0-9][0-9A-Z]\\.[0-9A-Z]{1,4}");

    private static final Pattern SNOMED_CODE = Pattern.compile("[1-9][0-9]{5,17}");
    private static final Pattern ANY_ICD_CODE = Pattern.compile("(?i)[A-Z][0-9][0-9A-Z](?:\\.?[0-9A-Z]{1,4})?[*+]?");

    /** What codes look like; a word in the place of one is a sender's, and may be a name. */
    private static final Map<String, Pattern> CODES = Map.of(
            SNOMED_CT,
            SNOMED_CODE,
            LOINC,
            Pattern.compile("(?:L[A-Z])?[0-9]{1,7}-[0-9]"),
            ICD_10_CM,
            ANY_ICD_CODE,
            ICD_10,
            ANY_ICD_CODE,
            ICD_10_GM,
            ANY_ICD_CODE,
            RXNORM,
            Pattern.compile("[0-9]{1,9}"),
            ATC,
            Pattern.compile("[A-Z](?:[0-9]{2}(?:[A-Z]{1,2}(?:[0-9]{2})?)?)?"));

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

    /**
     * The URL by which the tables know a system that a sender names in another way: as an OID, with https, or as an edition or a
     * version of it. National editions of ICD-10 are the WHO's to the tables, except the two that have rows of their own.
     * What nobody knows stays as it is.
     */
    public static @Nullable String canonical(@Nullable String system) {
        if (system == null || isKnown(system)) {
            return system;
        }
        var asked = ASKED.get(system);
        if (asked == null) {
            asked = otherwise(system);
            if (ASKED.size() < MOST_ASKED) {
                ASKED.put(system, asked);
            }
        }
        return asked;
    }

    private static String otherwise(String system) {
        var plain = END.matcher(BEGINNING
                        .matcher(system.strip().toLowerCase(Locale.ROOT))
                        .replaceFirst(""))
                .replaceFirst("");
        var other = OTHER_NAMES.get(plain);
        if (other != null) {
            return other;
        }
        if (plain.equals("snomed.info/sct") || plain.startsWith("snomed.info/sct/")) {
            return SNOMED_CT;
        }
        if (plain.equals("loinc.org")) {
            return LOINC;
        }
        if (plain.endsWith("/rxnorm")) {
            return RXNORM;
        }
        return plain.endsWith("/atc") ? ATC : icd(plain, system);
    }

    private static String icd(String plain, String system) {
        var icd = ICD.matcher(plain);
        if (!icd.find() || plain.contains("pcs") || plain.startsWith("cms.gov")) {
            return system;
        }
        return switch (icd.group(1) == null ? "" : icd.group(1)) {
            case "cm" -> ICD_10_CM;
            case "gm" -> ICD_10_GM;
            default -> ICD_10;
        };
    }

    /** A code as the tables keep it: ICD without dots and marks and in capitals, others as they are. */
    public static String normalised(String system, String code) {
        return isIcd(system) ? withoutMarks(code) : code.strip();
    }

    private static String withoutMarks(String code) {
        var plain = new StringBuilder(code.length());
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
                plain.append(c);
            } else if (c >= 'a' && c <= 'z') {
                plain.append((char) (c - 'a' + 'A'));
            }
        }
        return plain.toString();
    }

    /** True for ICD-10 of the WHO, of Germany, and ICD-10-CM. */
    public static boolean isIcd(@Nullable String system) {
        return ICD_10_CM.equals(system) || ICD_10.equals(system) || ICD_10_GM.equals(system);
    }

    /** True where a code is written as those of ICD-10 are, whatever system was sent with it. */
    public static boolean looksLikeIcd(String code) {
        return ICD_CODE.matcher(code.strip().toUpperCase(Locale.ROOT)).matches();
    }

    /** True where the tables may have rows of it. */
    public static boolean isKnown(String system) {
        return KNOWN.contains(system);
    }

    /** True where the text is a code of a system we know and looks like one, so that it may leave the database. */
    public static boolean isPublic(@Nullable String system, String code) {
        var looksLikeOne = system == null ? null : CODES.get(system);
        return looksLikeOne != null && looksLikeOne.matcher(code).matches();
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
