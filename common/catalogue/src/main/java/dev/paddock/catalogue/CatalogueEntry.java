package dev.paddock.catalogue;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts a public final class into the catalogue of the one {@link EntryKind} it implements. The class has a public
 * constructor without arguments and a nested public {@code record Params}; the compiler refuses it otherwise.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CatalogueEntry {
    /** The name in the API: lower-case words joined by hyphens, unique within its kind. */
    String id();

    /** The group it belongs to, in the same syntax as an id. */
    String family();

    /** One line that says what it does. */
    String summary();

    /** Title of the paper that describes the mechanism. */
    String paper();

    /**
     * An order for it as users write it, a JSON object with {@code method} and {@code params} and without what differs from house
     * to house (name, base, rows). It stands on the entry's page and in the API, and the contract suite runs it. Entries of a
     * kind with {@link EntryKind#examples} must have one.
     */
    String example() default "";
}
