/** OpenAI's wire format: requests read strictly, answers and errors in the shapes that unmodified clients expect. */
@NullMarked
package dev.paddock.gateway.openai;

import org.jspecify.annotations.NullMarked;
