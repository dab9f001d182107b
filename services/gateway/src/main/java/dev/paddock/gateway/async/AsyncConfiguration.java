package dev.paddock.gateway.async;

import dev.paddock.gateway.GatewayProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Threads for answers and proxied requests, made on demand; the slots keep their number below the pool's size. */
@Configuration(proxyBeanMethods = false)
class AsyncConfiguration {
    private static final int REFUSALS = 64;
    private static final int IDLE_SECONDS = 30;

    @Bean
    AsyncTaskExecutor requestThreads(GatewayProperties properties) {
        ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
        threads.setThreadNamePrefix("request-");
        threads.setCorePoolSize(0);
        threads.setMaxPoolSize(properties.concurrentAnswers() + properties.concurrentProxied() + REFUSALS);
        threads.setQueueCapacity(0);
        threads.setKeepAliveSeconds(IDLE_SECONDS);
        return threads;
    }

    @Bean
    WebMvcConfigurer asyncRequests(AsyncTaskExecutor requestThreads) {
        return new WebMvcConfigurer() {
            @Override
            public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
                configurer.setTaskExecutor(requestThreads);
                configurer.setDefaultTimeout(-1);
            }
        };
    }
}
