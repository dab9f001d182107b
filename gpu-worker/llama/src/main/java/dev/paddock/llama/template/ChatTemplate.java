package dev.paddock.llama.template;

import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's chat template: the Jinja text that turns a conversation into a prompt, rendered byte for byte as jinja2 does
 * in the sandbox of Hugging Face transformers ({@code trim_blocks}, {@code lstrip_blocks}, loop controls,
 * {@code tojson}, {@code raise_exception}, {@code strftime_now}).
 *
 * <p>A template comes with a pulled model and is not trusted: it reads only the variables given, changes none of them,
 * and its work is bounded. The text of messages is data and never read as a template. Immutable and thread-safe.
 */
public final class ChatTemplate {
    /** Characters a template may have. */
    static final int MAX_SOURCE = 1_000_000;

    private final String source;
    private final List<Statement> body;

    private ChatTemplate(String source, List<Statement> body) {
        this.source = source;
        this.body = body;
    }

    /**
     * Reads a template.
     *
     * @throws ChatTemplateException naming line and construct where the syntax is wrong or not supported
     */
    public static ChatTemplate parse(String source) {
        if (source.length() > MAX_SOURCE) {
            throw new ChatTemplateException(
                    "a template of " + source.length() + " characters, more than " + MAX_SOURCE);
        }
        try {
            return new ChatTemplate(source, Parser.parse(source));
        } catch (StackOverflowError deep) {
            throw new ChatTemplateException("nested too deeply");
        }
    }

    /** The text this was read from. */
    public String source() {
        return source;
    }

    /**
     * Renders with plain data: text, numbers, booleans, null, lists and maps.
     *
     * @throws ChatTemplateException where the template raises an exception, makes a mistake, or takes too much work
     */
    public String render(Map<String, ?> variables) {
        return render(variables, Clock.system(ZoneId.systemDefault()));
    }

    /** Renders with the clock that {@code strftime_now} reads. */
    public String render(Map<String, ?> variables, Clock clock) {
        Budget budget = new Budget();
        try {
            Map<String, Object> values = new HashMap<>();
            variables.forEach((name, value) -> values.put(name, PythonTypes.of(value, 0)));
            StringBuilder output = new StringBuilder();
            Statement.run(body, Scope.root(new Evaluation(budget, clock), values), output);
            return output.toString();
        } catch (ChatTemplateException mistake) {
            throw mistake.at(budget.line());
        } catch (StackOverflowError deep) {
            throw new ChatTemplateException("nested too deeply", budget.line());
        }
    }

    /**
     * Renders a conversation.
     *
     * @param tools JSON schemas of the tools as maps, or null for none
     * @param addGenerationPrompt whether the prompt ends where the assistant's answer begins
     * @param specialTokens {@code bos_token}, {@code eos_token} and others by name
     */
    public String render(
            List<ChatMessage> messages,
            @Nullable List<?> tools,
            boolean addGenerationPrompt,
            Map<String, String> specialTokens,
            Clock clock) {
        Map<String, @Nullable Object> variables = new HashMap<>(specialTokens);
        variables.put("messages", messages.stream().map(ChatMessage::variables).toList());
        variables.put("tools", tools);
        variables.put("add_generation_prompt", addGenerationPrompt);
        return render(variables, clock);
    }
}
