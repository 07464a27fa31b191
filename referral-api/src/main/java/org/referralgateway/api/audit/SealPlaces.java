package org.referralgateway.api.audit;

import java.util.ArrayList;
import java.util.List;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/** The places outside the database where checkpoints are put, as the settings name them. */
@Component
class SealPlaces {

    private final List<CheckpointPlace> all;

    SealPlaces(
            AuditSettings settings,
            SealKey key,
            ProducerFactory<String, byte[]> producers,
            ConsumerFactory<String, byte[]> consumers) {
        var places = new ArrayList<CheckpointPlace>();
        key.signer().ifPresent(signer -> {
            if (settings.folder() != null) {
                places.add(new CheckpointFolder(settings.folder(), settings.folderEvery(), signer.verifier()));
            }
            places.add(new CheckpointTopic(producers, consumers, signer.verifier()));
        });
        this.all = List.copyOf(places);
    }

    List<CheckpointPlace> all() {
        return all;
    }
}
