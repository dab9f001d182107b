/** Regular expressions in ECMAScript's notation, as JSON Schema has them, as automata over code points. */
@NullMarked
package dev.paddock.llama.constraint.regex;

import org.jspecify.annotations.NullMarked;
