/** Facts that services tell each other over Kafka, as records; a published field is never lost or retyped. */
@NullMarked
package dev.paddock.contracts.event;

import org.jspecify.annotations.NullMarked;
