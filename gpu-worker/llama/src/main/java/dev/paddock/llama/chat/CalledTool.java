package dev.paddock.llama.chat;

import tools.jackson.databind.node.ObjectNode;

/** A call that a model wrote. */
public record CalledTool(String name, ObjectNode arguments) {}
