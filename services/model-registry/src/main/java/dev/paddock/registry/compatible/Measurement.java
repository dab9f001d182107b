package dev.paddock.registry.compatible;

import jakarta.persistence.Embeddable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/**
 * What was measured over {@code items} items: the metric's value on the base that the adapters were trained on
 * ({@code reference}) and on the other base ({@code measured}).
 */
@Embeddable
public record Measurement(
        @NotBlank @Size(max = 200) String metric,
        @NotNull Double reference,
        @NotNull Double measured,
        @NotNull @Positive Integer items) {}
