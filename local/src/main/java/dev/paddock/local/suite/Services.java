package dev.paddock.local.suite;

import dev.paddock.dataset.DatasetApplication;
import dev.paddock.evaluation.EvaluationApplication;
import dev.paddock.gateway.GatewayApplication;
import dev.paddock.guard.SafetyGuardApplication;
import dev.paddock.registry.ModelRegistryApplication;
import dev.paddock.trainingjob.TrainingJobApplication;
import java.util.List;

/** The services in the order of their start; the gateway comes first, since it issues everybody's tokens. */
enum Services {
    GATEWAY("gateway", GatewayApplication.class),
    MODEL_REGISTRY("model-registry", ModelRegistryApplication.class),
    DATASET("dataset", DatasetApplication.class),
    TRAINING_JOB("training-job", TrainingJobApplication.class),
    SAFETY_GUARD("safety-guard", SafetyGuardApplication.class),
    EVALUATION("evaluation", EvaluationApplication.class);

    private final String id;
    private final Class<?> application;

    Services(String id, Class<?> application) {
        this.id = id;
        this.application = application;
    }

    String id() {
        return id;
    }

    Class<?> application() {
        return application;
    }

    static List<Services> inOrder() {
        return List.of(values());
    }
}
