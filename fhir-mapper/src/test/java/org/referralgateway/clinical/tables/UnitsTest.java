package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers in the units that the limits are in. */
class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "24,kPa,mm[Hg],180.015",
        "24,KPA,mm[Hg],180.015",
        "180,mmHg,mm[Hg],180",
        "18,cm[Hg],mm[Hg],180",
        "2,ukat/L,U/L,120",
        "2,\u00b5kat/l,U/L,120",
        "2000,nkat/L,U/L,120",
        "120,IU/L,U/L,120",
        "34.2,umol/L,mg/dL,2",
        "34.2,\u03bcmol/l,mg/dL,2",
        "0.0342,mmol/L,mg/dL,2",
        "24,mg/L,mg/dL,2.4",
    })
    void areConverted(BigDecimal value, String unit, String wanted, BigDecimal converted) {
        assertThat(Units.converted(value, unit, wanted)).isEqualByComparingTo(converted);
    }

    @ParameterizedTest
    @CsvSource({"140,,mm[Hg]", "140,sitting,mm[Hg]", "140,kg,mm[Hg]", "140,mm[Hg],mm[Hg]"})
    void areLeftWhereNobodyCanConvertThem(BigDecimal value, @Nullable String unit, String wanted) {
        assertThat(Units.converted(value, unit, wanted)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "mm[Hg],mm[Hg]",
        "10*3/uL,10*3/uL",
        "mg/d,mg/d",
        "[degF],[degF]",
        "1,1",
        "mg{of Hazel's},mg",
        "{Hazel}/d,/d"
    })
    void leaveTheDatabaseWithoutWhatWasRemarkedAboutThem(String sent, String told) {
        assertThat(Units.ucum(sent)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"{score}", "Hazel", "years", "mg-Hazel", "mg/{", "}{", "''", "((((((((((((((((((((", "m]", ","})
    void stayInsideWhereTheyAreNoneOfUcums(@Nullable String sent) {
        assertThat(Units.ucum(sent)).isNull();
    }
}
