package dev.paddock.kit.app;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;

/**
 * A service of the suite. Its name is its Kafka group, its schema (dashes become underscores), its configuration file
 * ({@code <name>.properties}) and its migrations ({@code classpath:db/migration/<name>}).
 */
@Documented
@SpringBootApplication
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface PaddockService {
    @AliasFor(annotation = Configuration.class, attribute = "value")
    String value();

    /** Whether the service keeps state; without it there is no outbox, inbox or idempotency. */
    boolean database() default true;
}
