package dev.paddock.guard.policy;

import dev.paddock.contracts.guard.DefaultTaxonomy;
import dev.paddock.contracts.guard.GuardCategory;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a policy's next version says; without a guard version the tenant's deployed guard judges. */
public record NewPolicy(
        String name,
        List<GuardCategory> categories,
        @Nullable UUID guardVersionId,
        double threshold) {
    /** The name of the policy that counts where none is named. */
    public static final String DEFAULT_NAME = "default";

    static NewPolicy first() {
        return new NewPolicy(DEFAULT_NAME, DefaultTaxonomy.CATEGORIES, null, 0.5);
    }
}
