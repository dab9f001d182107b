package dev.paddock.catalogue;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface whose implementations are catalogue entries: training methods, recipes, suites, decoders. If the
 * interface has a type parameter, it stands for the entry's {@code Params} record.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EntryKind {
    /** What one entry is called in messages, for instance {@code training method}. */
    String value();

    /** Whether each entry has an example, which the kind's contract suite runs. */
    boolean examples() default false;
}
