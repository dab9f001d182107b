package dev.paddock.evaluation;

import dev.paddock.kit.app.PaddockService;
import org.springframework.boot.SpringApplication;

/** The evaluation service. */
@PaddockService("evaluation")
public class EvaluationApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(EvaluationApplication.class, arguments);
    }
}
