package org.referralgateway.mapper;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The clinic's code tables, read and checked once. */
public final class ClinicalTables {

    private final ConditionTable conditions;
    private final MedicationTable medications;
    private final ElementTable elements;
    private final ServiceTable services;

    private ClinicalTables(@Nullable Path folder) {
        this.conditions = ConditionTable.load(folder);
        this.medications = MedicationTable.load(folder);
        this.elements = ElementTable.load(folder);
        this.services = ServiceTable.load(folder);
    }

    /** The tables that come with the gateway. */
    public static ClinicalTables shipped() {
        return load(null);
    }

    /**
     * @param folder with the clinic's own files; a file that is not there is taken from those that come with the gateway
     * @throws IllegalArgumentException naming file, line and column of the first thing that is wrong
     */
    public static ClinicalTables load(@Nullable Path folder) {
        return new ClinicalTables(folder);
    }

    ConditionTable conditions() {
        return conditions;
    }

    MedicationTable medications() {
        return medications;
    }

    ElementTable elements() {
        return elements;
    }

    ServiceTable services() {
        return services;
    }
}
