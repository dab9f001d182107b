package dev.paddock.worker;

import org.springframework.test.context.TestPropertySource;

/** The same where the kernels answer beside libtorch, as they do by default. */
@TestPropertySource(properties = "paddock.serving.vectors=true")
final class VectorBadInputTest extends BadInputTest {}
