package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.ToolChoice;
import tools.jackson.databind.node.ArrayNode;

/** Functions that the model may call, in OpenAI's form, and how it may. */
public record AskedTools(ArrayNode functions, ToolChoice choice) {}
