package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Timing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When a drug is taken, and how long a referral holds. */
class TimingsTest {

    private static Referral referral(String timing) {
        return Together.referral("'occurrenceTiming':" + timing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'repeat':{'frequency':3,'period':1,'periodUnit':'d','when':['PC']}} | 3 times per day, after meals",
                "{'repeat':{'frequency':1,'frequencyMax':2,'period':2,'periodUnit':'wk'}} | 1 to 2 times per 2 weeks",
                "{'repeat':{'when':['MORN','HS']}} | morning, before sleep",
                "{'repeat':{'dayOfWeek':['mon'],'timeOfDay':['08:00:00']}} | on Monday, at 08:00:00",
                "{'code':{'text':'twice a day'},'repeat':{'when':['CV']}} | twice a day, with dinner",
                "{'repeat':{'duration':12,'durationUnit':'mo'}} | for 12 months",
                "{'repeat':{'boundsPeriod':{'start':'2026-11-01','end':'2027-11-01'}}} | 2026-11-01 to 2027-11-01",
                "{'event':['2026-12-01']} | 2026-12-01",
            })
    void isSaidInWords(String timing, String words) {
        assertThat(referral(timing).occurrence()).isEqualTo(words);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    void everyEventHasWords(Timing.EventTiming event) {
        var timing = new Timing();
        timing.getRepeat().addWhen(event);

        assertThat(Timings.text(timing)).isNotBlank();
    }
}
