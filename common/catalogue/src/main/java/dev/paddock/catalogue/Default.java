package dev.paddock.catalogue;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a parameter another default than its {@link Parameter} does, on the component that includes the parameter's record under
 * {@code @JsonUnwrapped}: entries that share parameters need no record of their own for the sake of a default.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Repeatable(Default.Several.class)
public @interface Default {
    /** The parameter's name. */
    String of();

    /** Its default here, written as {@link Parameter#value()} is. */
    String value();

    /** Several of them. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Several {
        /** In any order. */
        Default[] value();
    }
}
