package dev.paddock.worker;

import dev.paddock.kit.app.PaddockService;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The pod: serves inference over HTTP, takes training jobs, or both, as its roles say. */
@EnableScheduling
@EnableConfigurationProperties(WorkerProperties.class)
@PaddockService(value = "worker", database = false)
public class WorkerApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(WorkerApplication.class, arguments);
    }
}
