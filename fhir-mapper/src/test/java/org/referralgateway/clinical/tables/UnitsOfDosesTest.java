package org.referralgateway.clinical.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Doses in the units that target doses and factors are in. */
class UnitsOfDosesTest {

    @ParameterizedTest
    @CsvSource({
        "1800,mg,mg,1800",
        "1.8,g,mg,1800",
        "1.8,grams,mg,1800",
        "250,ug,mg,0.25",
        "250,mcg,mg,0.25",
        "250,\u00b5g,mg,0.25",
        "250,\u03bcg,mg,0.25",
        "700,mg/wk,mg/d,100",
        "700,mg/week,mg/d,100",
        "1.2,g/day,mg/d,1200",
        "25,mcg/hr,ug/h,25",
        "0.025,mg/h,ug/h,25",
        "5,milliliter,mL,5",
        "48,hours,d,2",
        "2,weeks,d,14"
    })
    void areConverted(BigDecimal value, String unit, String wanted, BigDecimal converted) {
        assertThat(Units.in(wanted, value, unit)).isEqualByComparingTo(converted);
    }

    @ParameterizedTest
    @CsvSource({"100,U,mg", "5,%,mg", "10,mg/kg,mg", "10,mL,mg", "1,tablet,mg", "1,'',mg", "1,mg,d"})
    void ofAnotherKindAreAbsent(BigDecimal value, String unit, String wanted) {
        assertThat(Units.in(wanted, value, unit)).isNull();
    }
}
