package dev.paddock.kit.idempotency;

import dev.paddock.kit.problem.ProblemWriter;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Places the filter behind security, so that a key belongs to its caller. */
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {
    private static final int BEHIND_SECURITY = 0;

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
            JdbcClient jdbc,
            Clock clock,
            PlatformTransactionManager transactions,
            ProblemWriter problems,
            @Value("${spring.datasource.hikari.maximum-pool-size}") int connections) {
        KeyedTransactions keyed =
                new KeyedTransactions(new TransactionTemplate(transactions), Math.max(1, connections / 2));
        FilterRegistrationBean<IdempotencyFilter> filter =
                new FilterRegistrationBean<>(new IdempotencyFilter(new IdempotencyKeys(jdbc, clock), keyed, problems));
        filter.setOrder(BEHIND_SECURITY);
        return filter;
    }
}
