package dev.paddock.kit.limits;

import dev.paddock.kit.problem.ProblemWriter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Places the filter behind security, so that who may not send is told that first, and before everything that reads. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BodyLimits.class)
public class LimitConfiguration {
    private static final int BEHIND_SECURITY = -10;

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(BodyLimits limits, ProblemWriter problems) {
        FilterRegistrationBean<BodyLimitFilter> filter =
                new FilterRegistrationBean<>(new BodyLimitFilter(limits, problems));
        filter.setOrder(BEHIND_SECURITY);
        return filter;
    }
}
