/** Chat templates: a small Jinja interpreter, exact against jinja2 as transformers sets it up. */
@org.jspecify.annotations.NullMarked
package dev.paddock.llama.template;
