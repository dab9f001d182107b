package dev.paddock.dataset;

import dev.paddock.kit.app.PaddockService;
import org.springframework.boot.SpringApplication;

/** The dataset service. */
@PaddockService("dataset")
public class DatasetApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(DatasetApplication.class, arguments);
    }
}
