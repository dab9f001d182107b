package dev.paddock.gateway;

import dev.paddock.kit.app.PaddockService;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The gateway as a process. */
@PaddockService("gateway")
@EnableScheduling
@ConfigurationPropertiesScan
public class GatewayApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(GatewayApplication.class, arguments);
    }
}
