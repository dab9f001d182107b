@org.jspecify.annotations.NullMarked
package dev.paddock.llama.classification;
