/** The queue: workers claim, renew and finish jobs against leases with fencing tokens. */
@NullMarked
package dev.paddock.trainingjob.lease;

import org.jspecify.annotations.NullMarked;
