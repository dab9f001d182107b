package dev.paddock.dataset.definition;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A dataset to be made. */
record NewDataset(
        @NotBlank @Size(max = 100) String name,
        @Size(max = 2000) @Nullable String description) {}
