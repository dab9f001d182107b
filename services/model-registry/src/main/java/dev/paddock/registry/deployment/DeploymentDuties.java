package dev.paddock.registry.deployment;

import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.version.ModelVersion;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may change what serves: engineers no guard and no policy, so that nobody weakens the guard of their own model. */
@Component
class DeploymentDuties {
    private static final String SAFETY = "safety";

    private final GuardPolicies policies;

    DeploymentDuties(GuardPolicies policies) {
        this.policies = policies;
    }

    /** Whether the caller may have a version serve, or end; with {@code unchanged} it serves already and goes on. */
    void requireChange(Caller caller, ModelVersion version, boolean unchanged) {
        Set<String> roles =
                switch (version.kind()) {
                    case BASE -> Set.of("platform");
                    case GUARD -> Set.of(SAFETY);
                    case ADAPTER, MODEL -> Set.of("engineer", "platform");
                };
        if (!(unchanged && caller.has(SAFETY))) {
            require(caller, roles, "what serves of kind " + version.kind());
        }
    }

    /** Another policy than before must be there, and is for safety to choose. */
    void requirePolicyChange(Caller caller, @Nullable UUID before, @Nullable UUID after) {
        if (Objects.equals(before, after)) {
            return;
        }
        require(caller, Set.of(SAFETY), "the policy of a model");
        if (after != null && !policies.knows(caller.tenant(), after)) {
            throw ProblemException.invalid(
                    "policyId", after, "must be a policy of this tenant; GET /api/v1/policies lists them");
        }
    }

    private static void require(Caller caller, Set<String> roles, String what) {
        if (roles.stream().noneMatch(caller::has)) {
            throw new ProblemException(
                    CommonProblem.FORBIDDEN,
                    "%s has %s, but %s is changed by %s: ask one of them"
                            .formatted(
                                    caller.subject(),
                                    new TreeSet<>(caller.roles()),
                                    what,
                                    String.join(" or ", new TreeSet<>(roles))));
        }
    }
}
