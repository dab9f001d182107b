package dev.paddock.registry.imports;

import dev.paddock.registry.deployment.DeploymentOrder;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/** A guard adapter to put on record, and the base that it is to run on. */
public record GuardImport(
        @NotNull @Pattern(regexp = DeploymentOrder.MODEL_NAME, message = DeploymentOrder.MODEL_NAME_RULE) String name,

        @NotNull @Pattern(regexp = BaseImport.DIGEST, message = BaseImport.DIGEST_RULE) String digest,

        @NotNull UUID baseVersionId,
        @NotBlank @Size(max = 1_000) String source) {}
