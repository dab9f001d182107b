/** Which version serves under which model name: the desired state that workers converge on. */
@NullMarked
package dev.paddock.registry.deployment;

import org.jspecify.annotations.NullMarked;
