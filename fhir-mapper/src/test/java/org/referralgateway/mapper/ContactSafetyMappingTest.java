package org.referralgateway.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.referralgateway.mapper.Together.issues;
import static org.referralgateway.mapper.Together.referral;
import static org.referralgateway.mapper.Together.sources;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What to heed before anybody gets in touch. */
class ContactSafetyMappingTest {

    private static String flag(String members) {
        return """
                {'resourceType':'Flag','subject':{'reference':'Patient/p'},'code':{'text':'Deaf: use text'},
                'category':[{'text':'reasonable adjustments'}],%s}""".formatted(members);
    }

    private static String consent(String members) {
        return """
                {'resourceType':'Consent','scope':{'text':'treatment'},'category':[{'text':'Direct Care'}],
                'patient':{'reference':'Patient/p'},'policyRule':{'text':'x'},'dateTime':'2026-11-01',%s}""".formatted(members);
    }

    @Test
    void thePersonWhoMustNotBeContactedIsNamedAsSuch() {
        var referral = referral(
                "'code':{'text':'x'},'orderDetail':[{'text':'x'},{'coding':[{'code':'contacting-subject-prohibited'}]}]");

        assertThat(referral.contactSafety().contactProhibited()).isTrue();
        assertThat(sources(referral, "contactSafety.contactProhibited"))
                .containsExactly("Bundle.entry[0].resource.orderDetail[1] CODED");
        assertThat(issues(referral)).contains("contact-prohibited Bundle.entry[0].resource.orderDetail[1]");
    }

    @Test
    void anotherOrderDetailForbidsNothing() {
        assertThat(referral("'code':{'text':'x'},'orderDetail':[{'text':'left side'}]")
                        .contactSafety())
                .isEqualTo(Referral.ContactSafety.NOTHING_SAID);
    }

    @Test
    void anActiveFlagIsAnAlert() {
        var referral = referral("", flag("'status':'active','period':{'start':'2020-01-01'}"));

        assertThat(referral.contactSafety().alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.concept().label()).isEqualTo("Deaf: use text");
            assertThat(alert.category()).isEqualTo("reasonable adjustments");
            assertThat(alert.period()).isEqualTo("2020-01-01");
        });
        assertThat(sources(referral, "contactSafety.alerts[0].concept"))
                .containsExactly("Bundle.entry[2].resource.code COPIED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'status':'inactive'",
                "'status':'entered-in-error'",
                "'status':'active','period':{'end':'2026-11-21'}"
            })
    void aFlagThatNoLongerHoldsIsLeftOutAndSaidToBe(String members) {
        var referral = referral("", flag(members));

        assertThat(referral.contactSafety().alerts()).isEmpty();
        assertThat(issues(referral)).contains("left-out Bundle.entry[2].resource");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "'status':'active','provision':{'type':'permit'}; permit; false",
                "'status':'active','provision':{'type':'deny'}; deny; true",
                "'status':'active','provision':{'type':'permit','provision':[{'type':'deny'}]}; permit with exceptions; true",
                "'status':'active'; -; false",
                "'status':'rejected'; -; true",
            })
    void aConsentSaysWhatWasAgreedTo(
            String members, @org.jspecify.annotations.Nullable String decision, boolean withholds) {
        var referral = referral("", consent(members));

        assertThat(referral.contactSafety().consents()).singleElement().satisfies(given -> {
            assertThat(given.decision()).isEqualTo(decision);
            assertThat(given.withholds()).isEqualTo(withholds);
            assertThat(given.category()).isEqualTo("Direct Care");
        });
        assertThat(issues(referral).contains("consent-withheld Bundle.entry[2].resource"))
                .isEqualTo(withholds);
    }

    @Test
    void aRefusalThatIsOverWarnsOfNothing() {
        var referral =
                referral("", consent("'status':'active','provision':{'type':'deny','period':{'end':'2020-01-01'}}"));

        assertThat(issues(referral)).noneMatch(issue -> issue.startsWith("consent-withheld"));
        assertThat(referral.contactSafety().consents()).hasSize(1);
    }
}
