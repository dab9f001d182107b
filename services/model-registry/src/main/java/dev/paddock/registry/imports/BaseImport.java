package dev.paddock.registry.imports;

import dev.paddock.registry.deployment.DeploymentOrder;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A base to put on record.
 *
 * @param digest of its folder, which is in the artifact store already
 * @param format {@code huggingface} (config.json and safetensors) or {@code gguf}
 * @param source where it came from, in words that an auditor can follow
 */
public record BaseImport(
        @NotNull @Pattern(regexp = DeploymentOrder.MODEL_NAME, message = DeploymentOrder.MODEL_NAME_RULE) String name,

        @NotNull @Pattern(regexp = DIGEST, message = DIGEST_RULE) String digest,

        @NotNull @Pattern(regexp = "huggingface|gguf", message = "must be huggingface or gguf") String format,

        @NotBlank @Size(max = 1_000) String source,
        @Nullable @Size(max = 200) String licence) {
    public static final String DIGEST = "sha256:[0-9a-f]{64}";
    public static final String DIGEST_RULE = "must be sha256: and 64 hexadecimal digits";
}
