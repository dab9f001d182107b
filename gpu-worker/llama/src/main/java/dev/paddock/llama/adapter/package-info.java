/** Low-rank adapters as training makes them, serving applies them and PEFT's files hold them. */
@NullMarked
package dev.paddock.llama.adapter;

import org.jspecify.annotations.NullMarked;
