package dev.paddock.guard.policy;

import dev.paddock.contracts.guard.GuardCategory;
import dev.paddock.kit.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A policy as a safety officer writes it. */
record PolicyRequest(
        @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9._-]{0,62}", message = "must be 1 to 63 of a-z, 0-9, dot, dash, underscore") String name,
        @NotNull @Size(min = 1, max = 32) List<@Valid @NotNull Category> categories,
        @Nullable UUID guardVersionId,
        @Nullable Double threshold) {

    record Category(
            @NotNull @Pattern(regexp = "[A-Z][A-Z0-9]{0,7}", message = "must be a capital and up to 7 capitals or digits") String code,
            @NotBlank @Size(max = 80) String name,
            @NotBlank @Size(max = 1_000) String description) {}

    /** Checks what spans several fields; the threshold is 0.5 where none is given. */
    NewPolicy checked() {
        double limit = threshold == null ? 0.5 : threshold;
        if (!(limit > 0 && limit < 1)) {
            throw ProblemException.invalid("threshold", threshold, "must be above 0 and below 1");
        }
        List<String> codes = categories.stream().map(Category::code).toList();
        codes.stream()
                .filter(code -> codes.indexOf(code) != codes.lastIndexOf(code))
                .findFirst()
                .ifPresent(code -> {
                    throw ProblemException.invalid("categories", code, "must not use a code twice");
                });
        return new NewPolicy(
                name,
                categories.stream()
                        .map(category -> new GuardCategory(category.code(), category.name(), category.description()))
                        .toList(),
                guardVersionId,
                limit);
    }
}
