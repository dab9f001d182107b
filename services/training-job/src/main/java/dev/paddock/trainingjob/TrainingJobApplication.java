package dev.paddock.trainingjob;

import dev.paddock.kit.app.PaddockService;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Orders, queues and watches training jobs. */
@PaddockService("training-job")
@EnableScheduling
@ConfigurationPropertiesScan
public class TrainingJobApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(TrainingJobApplication.class, arguments);
    }
}
