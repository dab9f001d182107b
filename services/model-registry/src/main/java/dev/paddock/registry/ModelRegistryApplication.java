package dev.paddock.registry;

import dev.paddock.kit.app.PaddockService;
import org.springframework.boot.SpringApplication;

/** The service model-registry. */
@PaddockService("model-registry")
public class ModelRegistryApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ModelRegistryApplication.class, arguments);
    }
}
