package org.referralgateway.api.people;

import java.time.Clock;
import org.referralgateway.api.audit.AuditTrail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PeopleConfiguration {

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    Accounts accounts(JdbcClient db, Passwords passwords, AuditTrail trail, Clock clock) {
        return new Accounts(db, passwords, trail, clock);
    }
}
