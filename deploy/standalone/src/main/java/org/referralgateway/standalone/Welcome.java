package org.referralgateway.standalone;

import java.io.IOException;
import java.nio.file.Path;

/** Where everything is, and what to try first. */
final class Welcome {
    private final Options options;
    private final Gateway gateway;

    Welcome(Options options, Gateway gateway) {
        this.options = options;
        this.gateway = gateway;
    }

    void print(Progress progress) throws IOException {
        String web = gateway.web();
        progress.say("""

                The referral gateway is ready.

                  FHIR base             %s/fhir
                  what it can do        %s/fhir/metadata
                  coordinator's list    %s/worklist
                  auditor's event log   %s/log
                  who may log in        %s/people, or deploy/person
                  health                %s/actuator/health
                  auditor's database    %s?user=%s
                                        (password: %s in %s)
                  Kafka                 %s
                  log of the service    %s

                Try:  %s

                Ctrl-C stops it; the data stays.
                """.formatted(
                        web,
                        web,
                        web,
                        web,
                        web,
                        gateway.management(),
                        gateway.database().jdbcUrl(),
                        ReferralDatabase.AUDITOR,
                        ReferralDatabase.AUDITOR,
                        gateway.passwords().file(),
                        gateway.kafka(),
                        gateway.log(),
                        firstTry()));
    }

    private String firstTry() throws IOException {
        for (Sample sample : Sample.allIn(options.samples())) {
            if (sample.isReferral()) {
                return "curl -i -H \"Authorization: Bearer $(deploy/token%s)\" -H 'Content-Type: application/fhir+json' --data @%s %s%s"
                        .formatted(data(), quoted(sample.file()), gateway.web(), sample.path());
            }
        }
        return "curl -s " + gateway.web() + "/fhir/metadata";
    }

    /** Nothing where the data is where the command looks anyway: beside the samples' folder. */
    private String data() {
        Path usual = options.samples().resolve("../../.data").toAbsolutePath().normalize();
        Path data = options.data().toAbsolutePath().normalize();
        return data.equals(usual) ? "" : " --data " + quoted(data);
    }

    private static String quoted(Path file) {
        return file.toString().contains(" ") ? "'" + file + "'" : file.toString();
    }
}
