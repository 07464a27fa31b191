package org.referralgateway.api.assessment;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.referralgateway.api.access.RowScope.Work;
import org.referralgateway.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes referral events off the topic, a batch in one transaction. Where a batch fails, its records go one by one, so that
 * one broken record is quarantined and holds up nobody but its own referral.
 */
@Component
class ReferralEventListener {

    private static final Logger LOG = LoggerFactory.getLogger(ReferralEventListener.class);

    private final RecordProcessing processing;
    private final ParkedRecords parked;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;

    ReferralEventListener(
            RecordProcessing processing, ParkedRecords parked, TransactionTemplate transaction, MeterRegistry meters) {
        this.processing = processing;
        this.parked = parked;
        this.transaction = transaction;
        this.meters = meters;
    }

    @KafkaListener(topics = Topics.REFERRAL_EVENTS, containerFactory = "referralEvents")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        Work.ASSESSMENT.run(() -> take(records));
    }

    private void take(List<ConsumerRecord<String, byte[]>> records) {
        try {
            transaction.executeWithoutResult(status ->
                    processing.process(records.stream().map(TopicRecord::of).toList()));
        } catch (RuntimeException e) {
            if (isDatabaseTrouble(e)) {
                throw e; // the container tries the same batch again
            }
            LOG.warn(
                    "A batch of {} failed ({}); its records go one by one.",
                    records.size(),
                    e.getClass().getSimpleName());
            records.forEach(record -> alone(TopicRecord.of(record)));
        }
        meters.counter("referral.assessment.records").increment(records.size());
    }

    private void alone(TopicRecord record) {
        try {
            transaction.executeWithoutResult(status -> processing.process(record));
        } catch (RuntimeException e) {
            if (isDatabaseTrouble(e)) {
                throw e;
            }
            LOG.error("The record {} is quarantined.", record.place(), e);
            transaction.executeWithoutResult(status ->
                    parked.quarantine(record, "failed: " + e.getClass().getSimpleName()));
        }
    }

    /** Not this record's fault: the connection, a deadlock, a time-out. */
    private static boolean isDatabaseTrouble(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof TransactionException
                || e instanceof org.springframework.dao.RecoverableDataAccessException
                || (e instanceof NonTransientDataAccessException
                        && e instanceof org.springframework.dao.DataAccessResourceFailureException);
    }
}
