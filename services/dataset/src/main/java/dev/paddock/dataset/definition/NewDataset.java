package dev.paddock.dataset.definition;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A dataset to be made. */
record NewDataset(
        @NotBlank @Size(max = 100) @Pattern(regexp = NewDataset.NO_NUL, message = "must not contain NUL") String name,

        @Size(max = 2000) @Pattern(regexp = NewDataset.NO_NUL, message = "must not contain NUL") @Nullable String description) {
    static final String NO_NUL = "[^\\x00]*";
}
