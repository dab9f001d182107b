package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.ToolChoice;
import dev.paddock.llama.chat.Tool;
import dev.paddock.llama.chat.ToolSyntax;
import dev.paddock.worker.models.LoadedBase;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request's tools, and how its base writes calls of them. */
record RequestTools(ToolSyntax syntax, List<Tool> tools) {
    private static final int MOST = 128;

    static boolean areIn(CompletionRequest request) {
        return request.tools() != null && !request.tools().isEmpty();
    }

    static RequestTools of(CompletionRequest request, LoadedBase base) {
        List<Tool> tools = new ArrayList<>();
        JsonNode given = request.tools();
        int count = given == null ? 0 : given.size();
        RequestRules.require("tools", count, count >= 1 && count <= MOST, "1 to 128 functions");
        for (JsonNode tool : given == null ? List.<JsonNode>of() : given) {
            JsonNode function = tool.path("function");
            String name = function.path("name").asString("");
            RequestRules.require(
                    "tools", tool, name.matches("[A-Za-z0-9_-]{1,64}"), "a function's name has 1 to 64 of A-Za-z0-9_-");
            JsonNode parameters = function.path("parameters");
            boolean none = parameters.isMissingNode() || parameters.isNull();
            tools.add(new Tool(
                    name, none ? JsonMapper.shared().readTree("{\"type\":\"object\",\"properties\":{}}") : parameters));
        }
        return new RequestTools(ToolSyntax.of(base.template(true).source()), tools);
    }

    /** Those of which one must be called. */
    List<Tool> chosen(ToolChoice choice) {
        List<Tool> chosen = tools.stream()
                .filter(tool -> choice.function() == null || tool.name().equals(choice.function()))
                .toList();
        RequestRules.require("toolChoice", choice.function(), !chosen.isEmpty(), "one of the tools is named");
        return chosen;
    }
}
