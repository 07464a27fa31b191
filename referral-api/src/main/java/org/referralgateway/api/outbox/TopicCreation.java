package org.referralgateway.api.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.referralgateway.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Creates the topics that are not there. Existing ones stay as they are: more partitions would move a referral's events to
 * another partition, and with that out of their order.
 */
@Component
class TopicCreation {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
    private static final Set<String> NAMES =
            Set.of(Topics.REFERRAL_EVENTS, Topics.ASSESSMENT_TASKS, Topics.AUDIT_CHECKPOINTS);
    private static final int SECONDS = 5;

    private final Map<String, Object> connection;
    private final OutboxSettings settings;

    TopicCreation(KafkaAdmin admin, OutboxSettings settings) {
        this.connection = new HashMap<>(admin.getConfigurationProperties());
        this.settings = settings;
    }

    /** True where all topics are there now; a broker that is away is no error, the relay asks again. */
    boolean createMissing() {
        try (var admin = Admin.create(connection)) {
            var there = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
            var missing = new ArrayList<NewTopic>();
            NAMES.stream().filter(name -> !there.contains(name)).forEach(name -> missing.add(topic(name)));
            create(admin, missing);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The topics cannot be looked at yet.", e);
            return false;
        }
    }

    private static void create(Admin admin, List<NewTopic> missing)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (missing.isEmpty()) {
            return;
        }
        try {
            admin.createTopics(missing).all().get(SECONDS, TimeUnit.SECONDS);
            LOG.info(
                    "Created the topics {}.",
                    missing.stream().map(NewTopic::name).toList());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // another instance was faster
                throw e;
            }
        }
    }

    private NewTopic topic(String name) {
        var replicas = settings.replicas() > 0 ? Optional.of((short) settings.replicas()) : Optional.<Short>empty();
        // Checkpoints have one order.
        int partitions = name.equals(Topics.AUDIT_CHECKPOINTS) ? 1 : settings.partitions();
        return new NewTopic(name, Optional.of(partitions), replicas)
                .configs(Map.of("retention.ms", "-1", "max.message.bytes", "1048576"));
    }
}
