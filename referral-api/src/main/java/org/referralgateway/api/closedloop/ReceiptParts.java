package org.referralgateway.api.closedloop;

import java.util.Locale;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.referralgateway.events.Conclusions;
import org.referralgateway.mapper.Referral;

/** Where each field of a referral came from, and which elements no field came from, as parts of Parameters. Names and places only, no values. */
final class ReceiptParts {

    private ReceiptParts() {}

    /** What the clinic's rules make of it: words of ours and numbers, each with its rule and the fields it rests on. */
    static void conclusions(ParametersParameterComponent into, @Nullable Conclusions conclusions) {
        if (conclusions == null) {
            return;
        }
        var all = into.addPart().setName("conclusions");
        all.addPart().setName("rules").setValue(new StringType(conclusions.rules()));
        var triage = code(all, "triage-level", conclusions.triage().level().code());
        conclusions.triage().fired().forEach(fired -> basis(triage, fired.basis()));
        var indication = conclusions.indication();
        var group = code(all, "condition-group", indication.group() == null ? "none" : indication.group());
        code(group, "certainty", indication.certainty().code());
        basis(group, indication.basis());
        var resistance =
                code(all, "resistance", conclusions.resistance().result().code());
        code(resistance, "profile", conclusions.resistance().profile());
        conclusions.resistance().criteria().forEach(criterion -> {
            var part = code(resistance, criterion.name(), criterion.result().code());
            basis(part, criterion.basis());
        });
        conclusions.redFlags().forEach(flag -> basis(code(all, "red-flag", flag.flag()), flag.basis()));
        conclusions.screening().forEach(finding -> {
            var part = code(all, "screening", finding.item());
            code(part, "level", finding.level().code());
            basis(part, finding.basis());
        });
        conclusions.trials().forEach(trial -> trial(all, trial));
        var dose = conclusions.opioidDose();
        if (dose.mmePerDay() != null) {
            all.addPart().setName("opioid-mme-per-day").setValue(new DecimalType(dose.mmePerDay()));
        }
        all.addPart().setName("opioid-dose-complete").setValue(new BooleanType(dose.complete()));
    }

    private static void trial(ParametersParameterComponent all, Conclusions.Trial trial) {
        var part = code(all, "trial", trial.drug() == null ? "not-in-the-table" : trial.drug());
        code(part, "outcome", trial.outcome().code());
        part.addPart().setName("counts").setValue(new BooleanType(trial.counts()));
        if (trial.days() != null) {
            part.addPart().setName("days").setValue(new IntegerType(trial.days()));
        }
        basis(part, trial.basis());
    }

    /** A part with a value has no parts in FHIR, so the word goes into one of its own. */
    private static ParametersParameterComponent code(ParametersParameterComponent into, String name, String code) {
        var part = into.addPart().setName(name);
        part.addPart().setName("value").setValue(new StringType(code));
        return part;
    }

    private static void basis(ParametersParameterComponent into, Conclusions.Basis basis) {
        into.addPart().setName("rule").setValue(new StringType(basis.rule()));
        basis.used().forEach(field -> into.addPart().setName("used").setValue(new StringType(field)));
        basis.missing().forEach(name -> into.addPart().setName("missing").setValue(new StringType(name)));
    }

    static void lineage(ParametersParameterComponent into, Referral referral) {
        for (var line : referral.lineage()) {
            var part = into.addPart().setName("lineage");
            part.addPart().setName("field").setValue(new StringType(line.field()));
            part.addPart().setName("source").setValue(new StringType(line.source()));
            part.addPart()
                    .setName("how")
                    .setValue(new CodeType(line.how().name().toLowerCase(Locale.ROOT)));
        }
    }
}
