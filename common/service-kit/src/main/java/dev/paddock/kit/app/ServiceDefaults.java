package dev.paddock.kit.app;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/** Gives every {@link PaddockService} its name and the house's defaults, which any other property source overrides. */
public final class ServiceDefaults implements EnvironmentPostProcessor, Ordered {
    /** How long Java's HTTP client keeps a connection that it does not use, in seconds. */
    private static final String CLIENT_KEEPS = "jdk.httpclient.keepalive.timeout";

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        find(application).ifPresent(service -> {
            Map<String, Object> defaults = new LinkedHashMap<>(common());
            defaults.put("spring.config.name", service.value());
            defaults.put("spring.application.name", service.value());
            defaults.put("paddock.service", service.value());
            defaults.put("paddock.schema", service.value().replace('-', '_'));
            if (!service.database()) {
                defaults.put("spring.autoconfigure.exclude", String.join(",", DATABASE_CONFIGURATIONS));
            }
            addBelow(environment, defaults);
            if (System.getProperty(CLIENT_KEEPS) == null) {
                System.setProperty(CLIENT_KEEPS, "30");
            }
        });
    }

    private static Optional<PaddockService> find(SpringApplication application) {
        return application.getAllSources().stream()
                .filter(Class.class::isInstance)
                .map(source -> AnnotatedElementUtils.findMergedAnnotation((Class<?>) source, PaddockService.class))
                .filter(found -> found != null)
                .findFirst();
    }

    private static void addBelow(ConfigurableEnvironment environment, Map<String, Object> defaults) {
        @Nullable PropertySource<?> given = environment.getPropertySources().get(DefaultPropertiesPropertySource.NAME);
        Map<String, Object> merged = new HashMap<>(defaults);
        if (given instanceof MapPropertySource map) {
            merged.putAll(map.getSource());
        }
        environment.getPropertySources().remove(DefaultPropertiesPropertySource.NAME);
        environment.getPropertySources().addLast(new DefaultPropertiesPropertySource(merged));
    }

    private static final String[] DATABASE_CONFIGURATIONS = {
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
        "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
        "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
    };

    private static Map<String, String> common() {
        return Map.ofEntries(
                Map.entry("spring.main.banner-mode", "off"),
                Map.entry("spring.jmx.enabled", "false"),
                Map.entry("spring.main.lazy-initialization", "false"),
                Map.entry("spring.jpa.open-in-view", "false"),
                Map.entry("spring.jpa.hibernate.ddl-auto", "none"),
                Map.entry("spring.jpa.properties.hibernate.jdbc.batch_size", "100"),
                Map.entry("spring.jpa.properties.hibernate.order_inserts", "true"),
                Map.entry("spring.jpa.properties.hibernate.default_schema", "${paddock.schema}"),
                Map.entry("spring.datasource.hikari.schema", "${paddock.schema}"),
                Map.entry("spring.datasource.hikari.maximum-pool-size", "6"),
                Map.entry("spring.datasource.hikari.minimum-idle", "1"),
                Map.entry("spring.datasource.hikari.connection-timeout", "10000"),
                Map.entry("spring.flyway.schemas", "${paddock.schema}"),
                Map.entry("spring.flyway.create-schemas", "false"),
                Map.entry("spring.flyway.locations", "classpath:db/migration/${paddock.service}"),
                Map.entry("spring.flyway.fail-on-missing-locations", "false"),
                Map.entry("spring.servlet.multipart.max-file-size", "${paddock.limits.upload:256MB}"),
                Map.entry("spring.servlet.multipart.max-request-size", "${paddock.limits.request:257MB}"),
                Map.entry("spring.servlet.multipart.file-size-threshold", "256KB"),
                // a download lasts as long as its reader reads
                Map.entry("spring.mvc.async.request-timeout", "-1"),
                Map.entry("server.address", "127.0.0.1"),
                Map.entry("server.shutdown", "graceful"),
                Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
                // longer than clients and proxies keep it: no request goes over a connection that is just being closed
                Map.entry("server.tomcat.keep-alive-timeout", "75s"),
                Map.entry("server.tomcat.threads.min-spare", "2"),
                Map.entry("server.tomcat.threads.max", "64"),
                Map.entry("server.tomcat.max-swallow-size", "64MB"),
                Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
                Map.entry("management.endpoint.health.probes.enabled", "true"),
                Map.entry("management.metrics.tags.application", "${paddock.service}"),
                Map.entry("springdoc.default-produces-media-type", "application/json"),
                Map.entry("logging.level.org.springdoc", "ERROR"),
                Map.entry("logging.level.org.apache.kafka", "WARN"),
                Map.entry("logging.level.org.apache.kafka.clients.NetworkClient", "ERROR"));
    }
}
