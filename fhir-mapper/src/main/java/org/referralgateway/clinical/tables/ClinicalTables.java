package org.referralgateway.clinical.tables;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clinic's code tables, read and checked once. */
public final class ClinicalTables {

    private final @Nullable Path folder;
    private final MessageDigest digest = sha256();
    private final List<String> mistakes = new ArrayList<>();

    private final ConditionTable conditions;
    private final MedicationTable medications;
    private final OpioidTable opioids;
    private final OutcomeTable outcomes;
    private final ElementTable elements;
    private final ServiceTable services;
    private final ScreeningTable screening;
    private final RedFlagTable redFlags;
    private final SignTable signs;
    private final MeasurementTable measurements;
    private final String fingerprint;

    private ClinicalTables(@Nullable Path folder) {
        this.folder = folder;
        var groups = new ConditionGroups(file("condition_groups.csv"));
        this.conditions = new ConditionTable(groups, file("conditions.csv"), file("condition_words.csv"));
        this.medications = new MedicationTable(
                file("medications.csv"), file("medication_products.csv"), file("medication_aliases.csv"));
        this.opioids = new OpioidTable(file("mme_factors.csv"), medications);
        this.outcomes = new OutcomeTable(file("outcomes.csv"));
        this.elements = new ElementTable(file("elements_without_content.csv"));
        this.services = new ServiceTable(file("service_kinds.csv"));
        this.screening = new ScreeningTable(file("screening.csv"), file("screening_words.csv"));
        this.redFlags = new RedFlagTable(file("red_flags.csv"), screening);
        this.signs = new SignTable(file("triage_words.csv"), file("sign_codes.csv"));
        this.measurements = new MeasurementTable(file("measurements.csv"));
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", mistakes));
        }
        this.fingerprint = HexFormat.of().formatHex(digest.digest());
    }

    /** The tables that come with the gateway. */
    public static ClinicalTables shipped() {
        return load(null);
    }

    /**
     * @param folder with the clinic's own files; a file that is not there is taken from those that come with the gateway
     * @throws IllegalArgumentException naming file, line and column of everything that is wrong, one line for each
     */
    public static ClinicalTables load(@Nullable Path folder) {
        return new ClinicalTables(folder);
    }

    private TableFile file(String name) {
        try {
            var text = ClinicFile.text(folder, name);
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            return TableFile.read(name, text, mistakes);
        } catch (IllegalArgumentException e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return TableFile.read(name, "", new ArrayList<>());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** SHA-256 over the names and contents of all files, in hexadecimal. */
    public String fingerprint() {
        return fingerprint;
    }

    public ConditionTable conditions() {
        return conditions;
    }

    public MedicationTable medications() {
        return medications;
    }

    public OpioidTable opioids() {
        return opioids;
    }

    public OutcomeTable outcomes() {
        return outcomes;
    }

    public ElementTable elements() {
        return elements;
    }

    public ServiceTable services() {
        return services;
    }

    public ScreeningTable screening() {
        return screening;
    }

    public RedFlagTable redFlags() {
        return redFlags;
    }

    public SignTable signs() {
        return signs;
    }

    public MeasurementTable measurements() {
        return measurements;
    }
}
