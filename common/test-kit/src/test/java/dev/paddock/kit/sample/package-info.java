/** A small service for the kit's tests. */
@org.jspecify.annotations.NullMarked
package dev.paddock.kit.sample;
