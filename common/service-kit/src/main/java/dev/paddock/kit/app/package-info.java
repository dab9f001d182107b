/** How a service starts: its name, defaults, migrations, JSON and OpenAPI document. */
@NullMarked
package dev.paddock.kit.app;

import org.jspecify.annotations.NullMarked;
