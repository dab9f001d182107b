package dev.paddock.registry.approval;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Why an approver approves or rejects. */
record Decision(@Nullable @Size(max = 4_000) String comment) {}
