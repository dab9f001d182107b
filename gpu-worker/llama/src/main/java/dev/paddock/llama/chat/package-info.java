/** Conversations as a model reads them: its own chat template, and control tokens that only the template writes. */
@NullMarked
package dev.paddock.llama.chat;

import org.jspecify.annotations.NullMarked;
