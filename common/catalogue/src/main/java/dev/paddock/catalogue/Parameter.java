package dev.paddock.catalogue;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes one component of a {@code Params} record; its bounds come from bean-validation annotations. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Parameter {
    /** The value of {@link #value()} that says: there is no default, the caller must give one. */
    String REQUIRED = "";

    /** The default as JSON; for text and enum components the bare text. */
    String value() default REQUIRED;

    /** What it does, with its unit. */
    String description();
}
