package dev.paddock.kit.app;

import dev.paddock.kit.idempotency.IdempotencyConfiguration;
import dev.paddock.kit.inbox.InboxConfiguration;
import dev.paddock.kit.outbox.OutboxConfiguration;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What every service with a schema of its own has: migrations, outbox, inbox, idempotency keys. */
@AutoConfiguration(
        after = ServiceConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
        },
        beforeName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@ConditionalOnProperty("paddock.service")
@ConditionalOnBean(DataSource.class)
@Import({OutboxConfiguration.class, InboxConfiguration.class, IdempotencyConfiguration.class})
public class StateConfiguration {
    @Bean
    ServiceMigrations serviceMigrations() {
        return new ServiceMigrations();
    }

    @Bean
    Housekeeping housekeeping(JdbcClient jdbc, Clock clock) {
        return new Housekeeping(jdbc, clock);
    }
}
