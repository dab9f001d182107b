/** model-registry: versions, lineage, approvals and deployments. */
@NullMarked
package dev.paddock.registry;

import org.jspecify.annotations.NullMarked;
