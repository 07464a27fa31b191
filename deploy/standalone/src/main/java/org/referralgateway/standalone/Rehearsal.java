package org.referralgateway.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Does once what the first visitors of a gateway do. The JVM notes down meanwhile which classes that takes, and has them ready
 * at every start from then on.
 */
final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<String> PAGES = List.of("/worklist", "/log", "/fhir/metadata");

    private final Gateway gateway;
    private final Progress progress;

    Rehearsal(Gateway gateway, Progress progress) {
        this.gateway = gateway;
        this.progress = progress;
    }

    void run(Path samples) throws IOException, InterruptedException {
        var visitor = new FhirClient(gateway);
        var referrals = new ArrayList<String>();
        for (Sample sample : Sample.allIn(samples)) {
            referrals.addAll(visitor.send(sample).referrals());
        }
        for (String referral : referrals) {
            visitor.tasksOf(referral, PATIENCE);
            visitor.visit(gateway.web() + "/referrals/" + referral);
        }
        for (String page : PAGES) {
            visitor.visit(gateway.web() + page);
        }
        progress.step("rehearsed with " + referrals.size() + " referrals");
    }
}
