package dev.paddock.evaluation.run;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.evaluation.suite.Suite;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The suites on the class path, and how many questions are asked at once. */
@Configuration(proxyBeanMethods = false)
class EvaluationConfiguration {
    private static final int CALLS_AT_ONCE = 8;

    @Bean
    @SuppressWarnings({"unchecked", "rawtypes"})
    Catalogue<Suite<?>> suites() {
        return (Catalogue) Catalogue.load(Suite.class);
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService inferenceCalls() {
        return Executors.newFixedThreadPool(CALLS_AT_ONCE, task -> {
            Thread thread = new Thread(task, "evaluation-call");
            thread.setDaemon(true);
            return thread;
        });
    }
}
