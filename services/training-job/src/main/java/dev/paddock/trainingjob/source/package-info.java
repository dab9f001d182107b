/** What this service knows of base models and dataset versions, from the events of their owners. */
@NullMarked
package dev.paddock.trainingjob.source;

import org.jspecify.annotations.NullMarked;
