package dev.paddock.testkit;

import dev.paddock.embedded.DatabaseAccess;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Points a service's context at the {@link TestInfrastructure}. */
public final class InfrastructureInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String service = context.getEnvironment().getRequiredProperty("paddock.service");
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test-infrastructure", properties(service)));
    }

    /** The properties with which a service runs against the {@link TestInfrastructure}. */
    public static Map<String, Object> properties(String service) {
        TestInfrastructure infrastructure = TestInfrastructure.get();
        DatabaseAccess database = infrastructure.database(service);
        String issuer = infrastructure.tokens().issuer();
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.datasource.url", database.jdbcUrl());
        properties.put("spring.datasource.username", database.role());
        properties.put("spring.datasource.password", database.password());
        properties.put("spring.kafka.bootstrap-servers", infrastructure.kafka());
        properties.put("paddock.identity.issuer", issuer);
        properties.put("paddock.identity.jwk-set-uri", issuer + "/jwks");
        properties.put("paddock.identity.token-uri", issuer + "/token");
        properties.put("paddock.identity.client-id", service);
        properties.put("paddock.identity.client-secret", "test");
        properties.put(
                "paddock.artifacts.folder", infrastructure.folder("artifacts").toString());
        return properties;
    }
}
