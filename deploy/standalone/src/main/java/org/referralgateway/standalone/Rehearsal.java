package org.referralgateway.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.referralgateway.api.access.Role;

/**
 * Does once what the first visitors of a gateway do. The JVM notes down meanwhile which classes that takes, and has them ready
 * at every start from then on.
 */
final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SOMEBODY = "rehearsal";
    private static final List<String> PAGES = List.of("/worklist", "/waiting", "/log", "/people", "/account");

    private final Gateway gateway;
    private final Progress progress;

    Rehearsal(Gateway gateway, Progress progress) {
        this.gateway = gateway;
        this.progress = progress;
    }

    /**
     * @param data the folder of the run, whose people are asked for one more
     */
    void run(Path samples, Path data) throws IOException, InterruptedException {
        var practice = new FhirClient(gateway);
        practice.visit(gateway.web() + "/fhir/metadata");
        var referrals = new ArrayList<String>();
        for (Sample sample : Sample.allIn(samples)) {
            referrals.addAll(practice.send(sample).referrals());
        }
        for (String referral : referrals) {
            practice.tasksOf(referral, PATIENCE);
        }
        var somebody = new ClinicVisitor(gateway);
        somebody.logIn(
                SOMEBODY,
                new People(Databases.embedded(data)).open(SOMEBODY, EnumSet.allOf(Role.class), "system:rehearsal"));
        for (String page : PAGES) {
            somebody.look(page);
        }
        for (String referral : referrals) {
            somebody.look("/referrals/" + referral);
        }
        progress.step("rehearsed with " + referrals.size() + " referrals");
    }
}
