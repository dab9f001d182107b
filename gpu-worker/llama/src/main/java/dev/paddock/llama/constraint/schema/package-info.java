/** JSON Schema (2020-12) as a grammar of the texts that it allows; what it cannot keep it refuses, naming the place in the schema. */
@NullMarked
package dev.paddock.llama.constraint.schema;

import org.jspecify.annotations.NullMarked;
