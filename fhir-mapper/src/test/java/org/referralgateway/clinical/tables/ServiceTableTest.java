package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which kind of service a code stands for, from a table of a few rows: the first row that matches counts. */
class ServiceTableTest {

    private static final String TABLE = "kind,where,system,codes,match,source\n"
            + "referral,code,snomed.info/sct,3457005 306206005,exact,x\n"
            + "laboratory-order,any,snomed.info/sct,3457005 104001,exact,x\n"
            + "referral,any,*,refer,exact,x\n"
            + "laboratory-order,code,www.ama-assn.org/go/cpt,992 993,prefix,x\n"
            + "referral,category,*,-referral,suffix,x\n"
            + "referral,event,example.org/events,*,system,x\n"
            + "laboratory-order,code,*,late 306206005,exact,x\n"
            + "referral,word,,referral verwijzing,word,x\n";

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "code, http://snomed.info/sct, 3457005, REFERRAL",
        "code, https://snomed.info/sct, 306206005, REFERRAL",
        "category, http://snomed.info/sct, 3457005, LABORATORY_ORDER",
        "tag, http://snomed.info/sct, 104001, LABORATORY_ORDER",
        "event, http://snomed.info/sct, 104001,",
        "code, http://example.org/own, 3457005,",
        "code, http://example.org/own, refer, REFERRAL",
        "code, , refer, REFERRAL",
        "code, http://example.org/own, late, LABORATORY_ORDER",
        "code, http://www.ama-assn.org/go/cpt, 99213, LABORATORY_ORDER",
        "code, urn:oid:2.16.840.1.113883.6.12, 99213, LABORATORY_ORDER",
        "code, http://www.ama-assn.org/go/cpt, 98213,",
        "code, http://example.org/own, 99213,",
        "category, http://example.org/own, physio-referral, REFERRAL",
        "category, http://example.org/own, physio-referrals,",
        "event, https://example.org/events/v2, anything, REFERRAL",
        "event, https://example.org/event, anything,",
        "event, http://example.org/events, , REFERRAL",
        "document, http://snomed.info/sct, 3457005,",
    })
    void theFirstRowThatMatchesSaysTheKind(
            String place, @Nullable String system, @Nullable String code, @Nullable ServiceKind kind)
            throws IOException {
        assertThat(table().kind(place, system, code)).isEqualTo(Optional.ofNullable(kind));
    }

    @ParameterizedTest
    @CsvSource({
        "Referral to the pain clinic, true",
        "a REFERRAL, true",
        "Verwijzing, true",
        "referrals, false",
        "prereferral, false",
        "'', false"
    })
    void aWordOfAReferralIsAWholeWord(String text, boolean isThere) throws IOException {
        assertThat(table().hasReferralWord(text)).isEqualTo(isThere);
    }

    @Test
    void withoutWordsNoTextIsAReferral() throws IOException {
        Files.writeString(folder.resolve("service_kinds.csv"), TABLE.substring(0, TABLE.indexOf("referral,word")));

        assertThat(ClinicalTables.load(folder).services().hasReferralWord("referral"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "HL70281, REFERRAL",
        "http://terminology.hl7.org/CodeSystem/v2-0281, REFERRAL",
        "urn:id:HL70281, ''",
    })
    void tablesOfVersionTwoAreKnownByTheirOldNames(String system, String kind) throws IOException {
        Files.writeString(
                folder.resolve("service_kinds.csv"),
                "kind,where,system,codes,match,source\n"
                        + "referral,category,terminology.hl7.org/CodeSystem/v2-0281,MED,exact,x\n");

        assertThat(ClinicalTables.load(folder)
                        .services()
                        .kind("category", system, "MED")
                        .map(Enum::name)
                        .orElse(""))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "poem,any,*,x,exact,y; column kind: is no kind of service",
                ",any,*,x,exact,y; column kind: is empty",
                "referral,any,,x,exact,y; column system: is empty",
                "referral,any,*,,exact,y; column codes: is empty",
            })
    void aMistakeIsNamed(String row, String message) throws IOException {
        Files.writeString(folder.resolve("service_kinds.csv"), "kind,where,system,codes,match,source\n" + row + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClinicalTables.load(folder))
                .withMessageContaining("service_kinds.csv, line 2, " + message);
    }

    private ServiceTable table() throws IOException {
        Files.writeString(folder.resolve("service_kinds.csv"), TABLE);
        return ClinicalTables.load(folder).services();
    }
}
