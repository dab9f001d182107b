/** Real PostgreSQL and Kafka, signed tokens and a small HTTP client for tests. */
@NullMarked
package dev.paddock.testkit;

import org.jspecify.annotations.NullMarked;
