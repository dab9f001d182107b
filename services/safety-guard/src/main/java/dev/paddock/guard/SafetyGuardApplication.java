package dev.paddock.guard;

import dev.paddock.kit.app.PaddockService;
import org.springframework.boot.SpringApplication;

/** The service safety-guard. */
@PaddockService("safety-guard")
public class SafetyGuardApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(SafetyGuardApplication.class, arguments);
    }
}
