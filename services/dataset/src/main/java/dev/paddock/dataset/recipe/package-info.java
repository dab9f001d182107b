/** Recipes: what makes rows of documents and uploads. */
@NullMarked
package dev.paddock.dataset.recipe;

import org.jspecify.annotations.NullMarked;
