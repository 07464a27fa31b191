package org.referralgateway.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The referral gateway. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ReferralApi {

    public static void main(String[] args) {
        SpringApplication.run(ReferralApi.class, args);
    }
}
