package dev.paddock.worker;

import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether {@code paddock.worker.roles} holds the role; all roles where it is not set. */
final class RoleCondition implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, Object> attributes =
                Objects.requireNonNull(metadata.getAnnotationAttributes(ConditionalOnRole.class.getName()));
        Set<WorkerRole> roles = Binder.get(context.getEnvironment())
                .bind("paddock.worker.roles", Bindable.setOf(WorkerRole.class))
                .orElse(EnumSet.allOf(WorkerRole.class));
        return roles.contains((WorkerRole) attributes.get("value"));
    }
}
