package dev.paddock.dataset.definition;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What may change of a dataset. */
record DatasetChange(
        @Size(max = 2000) @Pattern(regexp = NewDataset.NO_NUL, message = "must not contain NUL") @Nullable String description) {}
