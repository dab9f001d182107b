package dev.paddock.llama.chat;

import dev.paddock.llama.constraint.ConstraintException;
import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.constraint.schema.SchemaReader;
import java.util.List;

/** How a model writes calls of tools, as its chat template shows them. */
public enum ToolSyntax {
    /** {@code <tool_call>{"name": …, "arguments": …}</tool_call>}, as Hermes, Qwen and SmolLM2 have it; also where no template says. */
    TAGGED("<tool_call>\n", "\n</tool_call>", "arguments"),
    /** {@code {"name": …, "parameters": …}} as the whole answer, as Llama 3 has it. */
    BARE("", "", "parameters"),
    /** {@code [TOOL_CALLS] [{"name": …, "arguments": …}]}, as Mistral has it. */
    LISTED("[TOOL_CALLS] [", "]", "arguments");

    private final String opening;
    private final String closing;
    private final String arguments;

    ToolSyntax(String opening, String closing, String arguments) {
        this.opening = opening;
        this.closing = closing;
        this.arguments = arguments;
    }

    /** The syntax that a template's text shows. */
    public static ToolSyntax of(String template) {
        if (template.contains("<tool_call>")) {
            return TAGGED;
        }
        if (template.contains("[TOOL_CALLS]")) {
            return LISTED;
        }
        return template.contains("\"parameters\"") ? BARE : TAGGED;
    }

    /** Whether a template shows tools to its model at all. */
    public static boolean isIn(String template) {
        return template.contains("tool");
    }

    /** What the member with a call's arguments is called. */
    String arguments() {
        return arguments;
    }

    /**
     * The texts that are one call of one of the tools with arguments that its schema allows.
     *
     * @throws ConstraintException naming the tool and the place in its schema
     */
    public Term call(List<Tool> tools) {
        return Term.sequence(
                Term.literal(opening),
                Term.choice(tools.stream().map(this::call).toList()),
                Term.literal(closing));
    }

    private Term call(Tool tool) {
        try {
            return Term.sequence(
                    Term.literal("{\"name\": \"%s\", \"%s\": ".formatted(tool.name(), arguments)),
                    SchemaReader.read(tool.parameters()),
                    Term.literal("}"));
        } catch (ConstraintException e) {
            throw new ConstraintException("tool '" + tool.name() + "', parameters " + e.getMessage());
        }
    }
}
