package org.referralgateway.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.referralgateway.clinical.tables.ClinicalTables;
import org.referralgateway.clinical.tables.ScreeningTable.Severity;
import org.referralgateway.clinical.tables.Stance;
import org.referralgateway.clinical.tables.Tokens;

/** Sentences of letters, and the holds and red flags that a clinician would see in them. */
class DangersInWordsTest {

    private static final ClinicalTables TABLES = ClinicalTables.shipped();

    private static TreeSet<String> holds(String text) {
        var holds = new TreeSet<String>();
        for (var mention : TABLES.screening().words().in(Tokens.of(text))) {
            if (mention.stance() == Stance.STATED && mention.meaning().severity() == Severity.ABSOLUTE) {
                holds.add(mention.meaning().item());
            }
        }
        return holds;
    }

    private static TreeSet<String> flags(String text) {
        var flags = new TreeSet<String>();
        for (var mention : TABLES.redFlags().words().in(Tokens.of(text))) {
            if (mention.stance() == Stance.STATED) {
                flags.add(mention.meaning().name());
            }
        }
        return flags;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "28F, currently 10/40 pregnant | pregnancy",
                "She is in her third trimester | pregnancy",
                "Patient is pregnant (EDD 3/2027) | pregnancy",
                "Active IV heroin use | active-substance-use-disorder",
                "Currently using cocaine at weekends | active-substance-use-disorder",
                "Known alcoholic, drinks 80 units per week | active-substance-use-disorder",
                "On methadone programme for heroin addiction | active-substance-use-disorder",
                "Hears voices commanding her to jump | active-psychosis",
                "Admitted last month with psychosis | active-psychosis",
                "Currently manic with psychotic features | active-psychosis",
                "Ongoing paranoid delusions | active-psychosis",
                "Decompensated cirrhosis with encephalopathy | hepatic-disease",
                "Liver failure, listed for transplant | hepatic-disease",
                "unstable angina last week | poorly-controlled-cardiovascular-disease",
                "Had an NSTEMI 2 weeks ago | poorly-controlled-cardiovascular-disease",
                "Anaphylaxis with ketamine during anaesthesia 2015 | ketamine-hypersensitivity",
                "Severe allergy: ketamine | ketamine-hypersensitivity",
                "Pre-eclampsia at 32 weeks | pre-eclampsia-or-eclampsia",
                "She has thoughts of ending her life | suicidality",
                "Wants to end it all because of pain | suicidality",
                "I am worried she may harm herself | suicidality",
                "She took an overdose in October | suicidality",
                "Admits to suicidal ideation without plan | suicidality",
                "passive death wish | suicidality",
                "has said that she'd rather be dead than live with this pain | suicidality",
                "Patient tearful, feels life is not worth living | suicidality",
                "made plans to commit suicide | suicidality",
                "Suicide attempt 2 months ago | suicidality",
                "schizophrenia on depot | active-psychosis",
                "opioid misuse: takes double the prescribed dose | active-substance-use-disorder",
                "dependent on oxycodone | active-substance-use-disorder",
                "addicted to fentanyl | active-substance-use-disorder",
                "buys oxycodone on the street | active-substance-use-disorder",
                "ketamine addict | active-substance-use-disorder",
            })
    void aHoldIsSeen(String text, String item) {
        assertThat(holds(text)).contains(item);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "new urinary retention and saddle numbness since yesterday | cauda-equina",
                "cannot feel when wiping, numb bottom | cauda-equina",
                "loss of bowel control for 2 days | cauda-equina",
                "worst headache of her life, sudden onset an hour ago | thunderclap-headache",
                "sudden-onset severe headache like being hit | thunderclap-headache",
                "leg is cold, pale and pulseless since this morning | acute-limb-ischaemia",
                "acute ischaemia of left foot | acute-limb-ischaemia",
                "rigors, temp 39.5, hypotensive, possible sepsis | sepsis",
                "progressive weakness in both legs over 3 days | cord-compression",
                "unsteady gait and clonus, suspected cord compression | cord-compression",
                "rapidly progressive bilateral leg weakness | cord-compression",
            })
    void aRedFlagIsSeen(String text, String flag) {
        assertThat(flags(text)).contains(flag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No suicidal ideation, intent or plan",
                "Denies SI/HI",
                "No history of psychosis or mania",
                "denies drugs and alcohol abuse",
                "no drug or alcohol misuse",
                "Drinks alcohol socially, no dependence",
                "not pregnant, on contraception",
                "Pregnancy test negative",
                "husband is an alcoholic",
                "mother had schizophrenia",
                "Her brother died by suicide",
                "no known liver disease",
                "No ketamine allergy",
                "BP 128/76",
                "BP well controlled 135/80",
                "PHQ-9 12, item 9 = 0",
                "never used illicit drugs",
                "No red flags: no saddle anaesthesia, no bladder or bowel disturbance, no weight loss",
                "No cauda equina symptoms",
                "no fever, not septic",
                "denies thoughts of self-harm",
                "She has never had psychotic symptoms",
                "There is no evidence of substance use disorder",
                "Discussed that ketamine must not be given in pregnancy",
                "advised to avoid pregnancy during treatment",
                "Family history: schizophrenia (mother), alcohol dependence (father)",
                "two children, normal pregnancies 2010 and 2013",
                "Suicide risk low",
                "Works in a drug addiction clinic as a nurse",
                "no evidence of cord compression on MRI",
                "MRI excluded cauda equina compression",
                "does not drink alcohol or use drugs",
                "No heart disease, no hypertension",
                "patient is not suicidal",
                "No thoughts of harming himself or others",
                "Past medical history: none. Allergies: NKDA",
                "Psychiatric history: nil",
            })
    void nothingIsSeenWhereNothingIs(String text) {
        assertThat(holds(text)).isEmpty();
        assertThat(flags(text)).isEmpty();
    }
}
