package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.Stance;
import org.referralgateway.clinical.tables.Tokens;

/** How a text says something; a danger must not be read away. */
class StanceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "She is suicidal. | STATED",
                "Suicidal ideation since the accident | STATED",
                "No suicidal ideation | DENIED",
                "no current suicidal thoughts | DENIED",
                "Denies suicidal ideation | DENIED",
                "Denies chest pain, psychosis and suicidal ideation | DENIED",
                "Patient denied low mood; suicidal last week | STATED",
                "Denies plans but is suicidal | STATED",
                "No relief from gabapentin, suicidal since March | STATED",
                "no fever, weight loss or suicidal thoughts | DENIED",
                "not suicidal | DENIED",
                "She isn't suicidal | DENIED",
                "suicidal ideation: none | DENIED",
                "Suicidal ideation denied | DENIED",
                "Suicidality - no | DENIED",
                "Suicidal ideation, no plan | STATED",
                "Suicidal ideation no plan | STATED",
                "suicidal ideation ruled out | DENIED",
                "suicidal intent not ruled out | STATED",
                "cannot rule out suicidal intent | STATED",
                "History of suicide attempt in her teens | PAST",
                "previous suicide attempt | PAST",
                "recent suicide attempt | STATED",
                "no longer suicidal | PAST",
                "suicide attempt three weeks ago | STATED",
                "suicide attempt ten years ago | PAST",
                "Mother died after suicide attempt | FAMILY",
                "Family history: bipolar, suicidal behaviour | FAMILY",
                "mother of two, suicidal | STATED",
                "Call us if she becomes suicidal | HYPOTHETICAL",
                "without improvement and suicidal | STATED",
                "no improvement and now suicidal | STATED",
                "Screen negative for suicidal ideation | DENIED",
                "keine Suizidalität | DENIED",
                "wishes she were dead | STATED",
            })
    void isHowTheTextSaysIt(String text, Stance stance) {
        var mentions = ClinicalTables.shipped().screening().words().in(Tokens.of(text)).stream()
                .filter(mention -> mention.meaning().item().equals("suicidality"))
                .toList();

        assertThat(mentions).as(text).isNotEmpty();
        assertThat(mentions.getLast().stance()).as(text).isEqualTo(stance);
    }
}
