/**
 * What serving measures of itself, under the names of OpenTelemetry's conventions for generative AI where those have one, else under
 * vLLM's with {@code paddock} in front. Meters are looked up once a base; nothing here takes a lock while tokens are made.
 */
@NullMarked
package dev.paddock.worker.metrics;

import org.jspecify.annotations.NullMarked;
