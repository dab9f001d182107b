package dev.paddock.gateway.keys;

import dev.paddock.kit.idempotency.IdempotencyFilter;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.stereotype.Component;

/**
 * Takes the kit's stored answers out of the gateway: a key's value must not be stored, and proxied requests are replayed by the
 * service that owns them.
 */
@Component
final class NoStoredAnswers implements BeanPostProcessor {
    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof FilterRegistrationBean<?> registration
                && registration.getFilter() instanceof IdempotencyFilter) {
            registration.setEnabled(false);
        }
        return bean;
    }
}
