package dev.paddock.dataset;

import dev.paddock.kit.app.PaddockService;
import org.springframework.boot.SpringApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The dataset service. */
@PaddockService("dataset")
@EnableScheduling
public class DatasetApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(DatasetApplication.class, arguments);
    }
}
