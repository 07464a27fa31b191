package org.referralgateway.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends each sample as a referring practice would, and shows what becomes of it: receipt, events, tasks. */
final class Demo {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FhirClient fhir;
    private final String kafka;
    private final Progress progress;
    private final Running running;

    Demo(Gateway gateway, Progress progress, Running running) {
        this.running = running;
        this.fhir = new FhirClient(gateway);
        this.kafka = gateway.kafka();
        this.progress = progress;
    }

    /** A demo that fails says so and leaves the gateway up: that is where to look for the reason. */
    void run(Path samples) throws InterruptedException {
        try {
            showAll(samples);
            progress.say("The demo is over; the gateway stays up. Ctrl-C stops it.");
        } catch (IOException | KafkaException | JacksonException e) {
            if (!running.isEnding()) {
                progress.say("The demo ended early: " + e + ". The gateway stays up. Ctrl-C stops it.");
            }
        }
    }

    private void showAll(Path samples) throws IOException, InterruptedException {
        List<Sample> all = Sample.allIn(samples);
        if (all.isEmpty()) {
            progress.say("No samples in " + samples.toAbsolutePath() + ": nothing to show.");
        }
        try (var events = new EventReader(kafka)) {
            for (Sample sample : all) {
                show(sample, events);
            }
        }
    }

    private void show(Sample sample, EventReader events) throws IOException, InterruptedException {
        Receipt receipt = fhir.send(sample);
        progress.say("\n── " + sample.file().getFileName() + " → POST " + sample.path());
        progress.say("   " + receipt.status() + " " + receipt.meaning());
        receipt.issues().forEach(issue -> progress.say("   " + line(issue)));

        for (String referral : receipt.referrals()) {
            show(referral, events);
        }
    }

    private void show(String referral, EventReader events) throws IOException, InterruptedException {
        progress.say("   ServiceRequest/" + referral);
        for (EventReader.Seen event : events.of(referral, PATIENCE)) {
            progress.say("     event " + event.type() + " #" + event.sequence() + "  " + event.data());
        }
        List<JsonNode> tasks = fhir.tasksOf(referral, PATIENCE);
        tasks.forEach(task -> progress.say("     task " + TaskLine.of(task)));
        if (tasks.isEmpty()) {
            progress.say("     no tasks within " + PATIENCE.toSeconds() + " seconds");
        }
    }

    private static String line(JsonNode issue) {
        var expressions =
                issue.path("expression").valueStream().map(JsonNode::asString).toList();
        return "%s %s %s  %s"
                .formatted(
                        issue.path("severity").asString("?"),
                        issue.path("code").asString("?"),
                        String.join(", ", expressions),
                        issue.path("diagnostics")
                                .asString(issue.path("details").path("text").asString("")));
    }
}
