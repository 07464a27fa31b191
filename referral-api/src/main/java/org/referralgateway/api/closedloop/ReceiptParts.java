package org.referralgateway.api.closedloop;

import java.util.Locale;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.referralgateway.mapper.Referral;

/** Where each field of a referral came from, and which elements no field came from, as parts of Parameters. Names and places only, no values. */
final class ReceiptParts {

    private ReceiptParts() {}

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
