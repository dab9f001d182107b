package dev.paddock.guard;

import dev.paddock.kit.app.PaddockService;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The service safety-guard. */
@PaddockService("safety-guard")
@EnableConfigurationProperties(GuardSettings.class)
public class SafetyGuardApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(SafetyGuardApplication.class, arguments);
    }
}
