/** The queue of training jobs over training-job's internal HTTP: claim, renew, checkpoint, finish, each with a fencing token. */
@NullMarked
package dev.paddock.contracts.lease;

import org.jspecify.annotations.NullMarked;
