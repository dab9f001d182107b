package dev.paddock.trainingjob.trigger;

import dev.paddock.kit.problem.ProblemException;
import dev.paddock.trainingjob.order.OrderRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A new trigger, or with what is absent left as it is, a change of one.
 *
 * @param name a name for people
 * @param datasetId the dataset that is watched; never changes
 * @param order what to train, without {@code datasetVersionId}
 * @param coolDown shortest time between two firings, at most 365 days; none when absent
 * @param enabled whether it fires; yes when absent
 */
record TriggerRequest(
        @Nullable String name,
        @Nullable UUID datasetId,
        @Nullable OrderRequest order,
        @Nullable Duration coolDown,
        @Nullable Boolean enabled) {
    private static final int LONGEST_NAME = 100;
    private static final Duration LONGEST_COOL_DOWN = Duration.ofDays(365);

    UUID requiredDatasetId() {
        return required("datasetId", datasetId);
    }

    TriggerRule rule() {
        return checked(new TriggerRule(
                required("name", name),
                required("order", order),
                Objects.requireNonNullElse(coolDown, Duration.ZERO),
                !Boolean.FALSE.equals(enabled)));
    }

    TriggerRule over(TriggerRule rule) {
        if (datasetId != null) {
            throw ProblemException.invalid("datasetId", datasetId, "never changes: make another trigger");
        }
        return checked(new TriggerRule(
                Objects.requireNonNullElse(name, rule.name()),
                Objects.requireNonNullElse(order, rule.order()),
                Objects.requireNonNullElse(coolDown, rule.coolDown()),
                Objects.requireNonNullElse(enabled, rule.enabled())));
    }

    private static TriggerRule checked(TriggerRule rule) {
        if (rule.name().isBlank() || rule.name().length() > LONGEST_NAME) {
            throw ProblemException.invalid("name", rule.name(), "must have 1 to %d characters".formatted(LONGEST_NAME));
        }
        if (rule.coolDown().isNegative() || rule.coolDown().compareTo(LONGEST_COOL_DOWN) > 0) {
            throw ProblemException.invalid("coolDown", rule.coolDown(), "must be from PT0S to " + LONGEST_COOL_DOWN);
        }
        return rule;
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw ProblemException.invalid(field, null, "is required");
        }
        return value;
    }
}
