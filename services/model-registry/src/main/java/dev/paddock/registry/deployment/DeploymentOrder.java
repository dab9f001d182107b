package dev.paddock.registry.deployment;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Serve a version under a model name.
 *
 * @param baseVersionId another base than the version's own; needs an approved compatible-base record
 * @param policyId the guard policy; null keeps the model name's, which is at first the tenant's default
 */
public record DeploymentOrder(
        @NotNull @Pattern(regexp = MODEL_NAME, message = MODEL_NAME_RULE) String model,

        @NotNull UUID versionId,
        @Nullable UUID baseVersionId,
        @Nullable UUID policyId) {
    public static final String MODEL_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
    public static final String MODEL_NAME_RULE =
            "must be 1 to 100 letters, digits, dots, dashes or underscores and begin with a letter or digit";
}
