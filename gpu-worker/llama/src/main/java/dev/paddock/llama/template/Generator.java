package dev.paddock.llama.template;

import java.util.Iterator;

/** A one-shot lazy iterable, as Jinja's {@code map}, {@code select}, {@code items} and others return. */
record Generator(String name, Iterator<Object> iterator) {}
