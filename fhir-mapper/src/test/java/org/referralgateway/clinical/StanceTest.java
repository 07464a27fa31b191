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
                "She says she would kill herself if the pain continues | STATED",
                "If the pain is not treated she will end her life | STATED",
                "Told me that if nothing helps she would kill herself | STATED",
                "Planning to kill herself | STATED",
                "He is planning suicide | STATED",
                "trying to kill himself last week | STATED",
                "His wife says he is suicidal | STATED",
                "Daughter found her after an intentional overdose | STATED",
                "told her husband she wants to die | STATED",
                "suicidal since her husband left | STATED",
                "suicidal after the death of her mother | STATED",
                "suicide attempt of her mother | FAMILY",
                "Family history of depression, she is suicidal | STATED",
                "She is not coping and suicidal | STATED",
                "could not sleep last night because she wanted to kill herself | STATED",
                "No chest pain, suicidal thoughts daily, with plan or intent | STATED",
                "no psychosis, mania or suicidal ideation | DENIED",
                "Denies alcohol, endorses suicidal ideation | STATED",
                "Denies current or past suicidal ideation | DENIED",
                "Has no active or passive suicidal ideation | DENIED",
                "Does not feel suicidal | DENIED",
                "not sleeping, suicidal | STATED",
                "She does not want to live | STATED",
                "no thoughts of being better off dead | DENIED",
                "monitor for suicidal ideation | HYPOTHETICAL",
                "pas d'idées suicidaires | DENIED",
                "keine Suizidgedanken | DENIED",
                "no obvious suicidality | DENIED",
                "MRI excluded suicidality | DENIED",
                "has not excluded suicidality | STATED",
                "suicide attempt 2 months ago | STATED",
                "suicide attempt 18 months ago | PAST",
                "suicide attempt 12 months ago | PAST",
                "suicide attempt 3/12 ago | STATED",
                "suicide attempt not resolved | STATED",
                "h/o suicide attempt | PAST",
                "Z.n. Suizidversuch | PAST",
                "Zustand nach Suizidversuch | PAST",
                "She is free of suicidal thoughts | DENIED",
                "She is not free of suicidal thoughts | STATED",
                "absence of suicidal ideation | DENIED",
                "No evidence of psychosis, suicidal ideation | DENIED",
                "No current treatment, suicidal thoughts daily | STATED",
                "no deliberate suicidal intent | DENIED",
                "no very deliberate suicidal intent | STATED",
                "not deliberately suicidal | STATED",
                "Denies chest pain and suicidal ideation | DENIED",
                "No chest pain and suicidal ideation | STATED",
                "Slept badly and suicidal | STATED",
                "No chest pain, suicidal ideation or mania | DENIED",
                "No chest pain, suicidal ideation and mania | STATED",
                "No chest pain, suicidal ideation now says daughter or son | STATED",
                "suicidal ideation is absent | DENIED",
                "suicidal ideation has been excluded | DENIED",
                "suicidal ideation not present | DENIED",
                "Suicidal thoughts today no. | DENIED",
                "suicidal ideation, excluded a plan | STATED",
                "could not be excluded: suicidal ideation | STATED",
            })
    void isHowTheTextSaysIt(String text, Stance stance) {
        var mentions = ClinicalTables.shipped().screening().words().in(Tokens.of(text)).stream()
                .filter(mention -> mention.meaning().item().equals("suicidality"))
                .toList();

        assertThat(mentions).as(text).isNotEmpty();
        assertThat(mentions.getLast().stance()).as(text).isEqualTo(stance);
    }
}
