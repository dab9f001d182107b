package dev.paddock.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.contracts.inference.TextConstraint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerFieldsTest {
    private static final Question CHAT = Question.chat(
            "model", List.of(ChatMessage.of("user", "hello")), SamplingParameters.greedy(9), null, false, false);
    private static final Question NEWER = CHAT.limitedBy("max_completion_tokens");
    private static final Question TEXT =
            Question.text("model", List.of("hello"), SamplingParameters.greedy(9), null, false, false, false);

    @ParameterizedTest
    @CsvSource({
        "maxTokens,max_completion_tokens,max_tokens",
        "prompts,messages,prompt",
        "messages,messages,prompt",
        "repetitionPenalty,repetition_penalty,repetition_penalty",
        "topP,top_p,top_p",
        "toolChoice,tool_choice,tool_choice",
        "n,n,n"
    })
    void aFieldIsTheParameterItCameFrom(String field, String inChat, String inText) {
        assertThat(WorkerFields.parameter(field, NEWER)).isEqualTo(inChat);
        assertThat(WorkerFields.parameter(field, TEXT)).isEqualTo(inText);
    }

    @Test
    void inputsAreInput() {
        assertThat(WorkerFields.parameter("inputs", Question.labels("model", List.of("a"), List.of())))
                .isEqualTo("input");
        assertThat(WorkerFields.parameter("inputs", Question.embeddings("model", List.of("a"), "mean")))
                .isEqualTo("input");
    }

    @Test
    void aConstraintIsWhatItWasWrittenIn() {
        AnswerForm form = new AnswerForm(TextConstraint.ofRegex("a"), "guided_regex");
        assertThat(WorkerFields.parameter("constraint", CHAT.of(form, null))).isEqualTo("guided_regex");
        assertThat(WorkerFields.parameter("constraint", CHAT)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "bestOf,'bestOf is 9: beams, prompt and maxTokens','best_of is 9: beams, prompt and max_completion_tokens'",
        "topP,'topP is 0.5: leave it out','top_p is 0.5: leave it out'",
        "stop,'stop is maxTokens: 1 to 256 characters each','stop is maxTokens: 1 to 256 characters each'",
        "prompts,'prompts is : one token','messages is : one token'",
        "tools,'#/properties/maxTokens: not supported','#/properties/maxTokens: not supported'"
    })
    void aDetailHasTheCallersNamesAndLeavesTheCallersTexts(String field, String detail, String told) {
        assertThat(WorkerFields.detail(detail, field, NEWER)).isEqualTo(told);
    }
}
