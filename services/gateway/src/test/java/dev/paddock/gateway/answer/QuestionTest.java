package dev.paddock.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.contracts.inference.ToolCall;
import dev.paddock.contracts.inference.ToolChoice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class QuestionTest {
    private static final List<TokenLogprob> TOKENS = List.of(
            new TokenLogprob(1, "<tool_call>", -0.5, 0, Map.of()), new TokenLogprob(2, "held back", -0.5, 1, Map.of()));

    /** With tools the text holds back what may become a call, and log probabilities name it all the same. */
    @Test
    void whatLogProbabilitiesNameIsJudgedWhereTextIsHeldBack() {
        Question plain = Question.chat(
                "model", List.of(ChatMessage.of("user", "hello")), SamplingParameters.greedy(9), 0, true, false);
        AskedTools tools = new AskedTools(JsonNodeFactory.instance.arrayNode(), new ToolChoice(false, null, true));
        assertThat(plain.judged(0, "", TOKENS, List.of())).isEmpty();
        assertThat(plain.of(null, tools).judged(0, "", TOKENS, List.of())).contains("held back");
    }

    /** A blank line in front of a call can turn a small guard's verdict. */
    @Test
    void aCallIsJudgedInWordsAndNothingElse() {
        Question question = Question.chat(
                "model", List.of(ChatMessage.of("user", "hello")), SamplingParameters.greedy(9), null, true, false);
        List<ToolCall> calls =
                List.of(new ToolCall("call_0123456789abcdef01234567", "find_parcel", "{\"place\":\"shop\"}"));
        assertThat(question.judged(0, "", null, calls)).isEqualTo("find_parcel place shop");
        assertThat(question.judged(0, "Let me look.", null, calls)).isEqualTo("Let me look.\nfind_parcel place shop");
    }
}
