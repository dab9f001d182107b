/** The service that owns training jobs and retraining triggers. */
@NullMarked
package dev.paddock.trainingjob;

import org.jspecify.annotations.NullMarked;
