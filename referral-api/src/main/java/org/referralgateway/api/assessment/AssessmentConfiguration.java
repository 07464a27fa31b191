package org.referralgateway.api.assessment;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Period;
import org.referralgateway.api.platform.RefusedToStart;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

@Configuration(proxyBeanMethods = false)
class AssessmentConfiguration {

    /**
     * @param enabled whether this instance consumes referral events; another one may
     * @param pathway the clinic's pathway file
     * @param consumers how many threads share the topic's partitions
     * @param duplicatesWithin how far back a closed referral of the same person is pointed out
     */
    @ConfigurationProperties("referral.assessment")
    record AssessmentSettings(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("classpath:pathways/default.yaml") Resource pathway,
            @DefaultValue("2") int consumers,
            @DefaultValue("12m") Period duplicatesWithin) {}

    @Bean
    Pathway pathway(AssessmentSettings settings) {
        var file = settings.pathway();
        try (var text = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            return PathwayFile.read(String.valueOf(file.getFilename()), text);
        } catch (PathwayFile.Invalid e) {
            throw new RefusedToStart(
                    "The pathway file has mistakes:\n" + e.getMessage(), "Correct them and start again.");
        } catch (IOException e) {
            throw new RefusedToStart(
                    "The pathway file " + file.getDescription() + " cannot be read.",
                    "Set referral.assessment.pathway to a file that can be read.");
        }
    }

    /** Batches; a database that is away is waited for, however long, without losing the place in the topic. */
    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> referralEvents(
            ConsumerFactory<String, byte[]> consumers, AssessmentSettings settings) {
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(consumers);
        factory.setBatchListener(true);
        factory.setConcurrency(settings.consumers());
        factory.setAutoStartup(settings.enabled());
        factory.getContainerProperties().setAckMode(ContainerProperties.AckMode.BATCH);
        factory.getContainerProperties().setMissingTopicsFatal(false);
        factory.setCommonErrorHandler(new DefaultErrorHandler(new FixedBackOff(1000, FixedBackOff.UNLIMITED_ATTEMPTS)));
        return factory;
    }
}
