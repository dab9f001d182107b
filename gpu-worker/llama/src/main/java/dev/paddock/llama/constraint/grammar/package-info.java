/** Languages of byte strings: finite automata over UTF-8 joined by sequences, choices, repetitions and rules, run with a stack. */
@NullMarked
package dev.paddock.llama.constraint.grammar;

import org.jspecify.annotations.NullMarked;
