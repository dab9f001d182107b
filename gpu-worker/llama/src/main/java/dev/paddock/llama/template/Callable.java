package dev.paddock.llama.template;

/** Whatever a template may call: a macro, a built-in function, or a method bound to its value. */
@FunctionalInterface
interface Callable {
    Object call(Arguments arguments, Evaluation evaluation);
}
