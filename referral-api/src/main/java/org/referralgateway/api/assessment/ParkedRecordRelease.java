package org.referralgateway.api.assessment;

import java.time.Clock;
import java.util.Map;
import org.referralgateway.api.assessment.RecordProcessing.Disposition;
import org.referralgateway.api.audit.AuditEntry;
import org.referralgateway.api.audit.AuditTrail;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets an operator deal with a parked record once its cause is known. */
@Service
public class ParkedRecordRelease {

    private final ParkedRecords parked;
    private final RecordProcessing processing;
    private final AuditTrail audit;
    private final Clock clock;

    ParkedRecordRelease(ParkedRecords parked, RecordProcessing processing, AuditTrail audit, Clock clock) {
        this.parked = parked;
        this.processing = processing;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    public enum Outcome {
        /** It is no longer parked, and what waited for it went after it. */
        DONE,
        /** It still cannot be used. */
        STILL_PARKED,
        /** Nothing is parked there. */
        UNKNOWN
    }

    /** Processes a parked record again, and then what waited for it. */
    @Transactional
    public Outcome release(String topic, int partition, long offset, String person) {
        var found = parked.find(topic, partition, offset);
        if (found.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (processing.process(found.get()) == Disposition.PARKED) {
            return Outcome.STILL_PARKED;
        }
        finish(found.get(), "record.released", person);
        return Outcome.DONE;
    }

    /** Gives up on a record that never was an event of ours. What waited for it goes on; the record itself is kept. */
    @Transactional
    public Outcome discard(String topic, int partition, long offset, String person) {
        var found = parked.find(topic, partition, offset);
        if (found.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        finish(found.get(), "record.discarded", person);
        return Outcome.DONE;
    }

    private void finish(TopicRecord record, String action, String person) {
        parked.released(record);
        for (var waiting : parked.waitingFor(record)) {
            if (processing.process(waiting) != Disposition.PARKED) {
                parked.released(waiting);
            }
        }
        audit.append(new AuditEntry(
                AuditTrail.HOUSE,
                clock.instant(),
                "person:" + person,
                action,
                "success",
                null,
                null,
                null,
                Map.of("record", record.place())));
    }
}
