package org.referralgateway.api.outbox;

import org.apache.kafka.clients.admin.NewTopic;
import org.referralgateway.events.Topics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;

@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

    /** Created where they are not there yet; existing topics stay as they are. */
    @Bean
    NewTopics topics(OutboxSettings settings) {
        return new NewTopics(topic(Topics.REFERRAL_EVENTS, settings), topic(Topics.ASSESSMENT_TASKS, settings));
    }

    private static NewTopic topic(String name, OutboxSettings settings) {
        var builder = TopicBuilder.name(name)
                .partitions(settings.partitions())
                .config("retention.ms", "-1")
                .config("max.message.bytes", "1048576");
        return settings.replicas() > 0 ? builder.replicas(settings.replicas()).build() : builder.build();
    }
}
