package dev.paddock.llama.template;

import java.util.List;

/** What {@code keys()}, {@code values()} and {@code items()} of a dict return. */
record DictView(String kind, List<Object> elements) {}
