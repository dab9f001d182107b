/** A real PostgreSQL and a real Kafka broker from Maven artifacts: data kept, loopback only. */
@NullMarked
package dev.paddock.embedded;

import org.jspecify.annotations.NullMarked;
