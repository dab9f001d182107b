package dev.paddock.kit.idempotency;

import dev.paddock.kit.problem.ProblemWriter;
import java.time.Clock;
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
            JdbcClient jdbc, Clock clock, PlatformTransactionManager transactions, ProblemWriter problems) {
        FilterRegistrationBean<IdempotencyFilter> filter = new FilterRegistrationBean<>(new IdempotencyFilter(
                new IdempotencyKeys(jdbc, clock), new TransactionTemplate(transactions), problems));
        filter.setOrder(BEHIND_SECURITY);
        return filter;
    }
}
