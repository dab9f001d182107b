package dev.paddock.local.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.paddock.local.model.TinyModel;
import dev.paddock.local.suite.TinySuite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** LangChain4j's OpenAI module, unmodified. */
@ExtendWith(RunningSuite.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LangChain4jTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final UserMessage QUESTION = UserMessage.from("Where is my parcel?");
    private static final JsonObjectSchema PLACE = JsonObjectSchema.builder()
            .addEnumProperty("place", List.of("shop", "office"))
            .addIntegerProperty("day")
            .required("place", "day")
            .additionalProperties(false)
            .build();

    @Test
    void aChatIsAnsweredWholeAndInPieces(TinySuite suite) throws Exception {
        ChatRequest request = ChatRequest.builder().messages(QUESTION).build();
        ChatResponse whole = chat(suite, TinyModel.NAME).chat(request);
        assertThat(whole.aiMessage().text()).isNotBlank();
        assertThat(whole.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(whole.tokenUsage().totalTokenCount())
                .isEqualTo(whole.tokenUsage().inputTokenCount()
                        + whole.tokenUsage().outputTokenCount());

        StreamedAnswer streamed = new StreamedAnswer();
        OpenAiStreamingChatModel.builder()
                .baseUrl(suite.url())
                .apiKey(suite.key("langchain4j-streams"))
                .modelName(TinyModel.NAME)
                .temperature(0.0)
                .timeout(PATIENCE)
                .build()
                .chat(request, streamed);
        assertThat(streamed.whole().aiMessage()).isEqualTo(whole.aiMessage());
        assertThat(streamed.whole().tokenUsage().totalTokenCount())
                .isEqualTo(whole.tokenUsage().totalTokenCount());
        assertThat(streamed.pieces()).isEqualTo(whole.aiMessage().text());
    }

    @Test
    void aToolIsCalledAndItsResultAnswered(TinySuite suite) {
        ToolSpecification tool = ToolSpecification.builder()
                .name("find_parcel")
                .description("Find the parcel.")
                .parameters(PLACE)
                .build();
        ChatModel model = chat(suite, TinyModel.NAME);
        ChatResponse called = model.chat(ChatRequest.builder()
                .messages(QUESTION)
                .toolSpecifications(tool)
                .toolChoice(ToolChoice.REQUIRED)
                .build());
        assertThat(called.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        ToolExecutionRequest call = called.aiMessage().toolExecutionRequests().get(0);
        assertThat(call.name()).isEqualTo("find_parcel");
        assertPlace(call.arguments());

        ChatResponse told = model.chat(ChatRequest.builder()
                .messages(
                        QUESTION,
                        called.aiMessage(),
                        ToolExecutionResultMessage.from(call, "The parcel is in the shop."))
                .toolSpecifications(tool)
                .build());
        assertThat(told.finishReason()).isIn(FinishReason.STOP, FinishReason.TOOL_EXECUTION);
    }

    @Test
    void anAnswerHasTheSchemasForm(TinySuite suite) {
        JsonSchema schema =
                JsonSchema.builder().name("Place").rootElement(PLACE).build();
        ChatResponse answer = chat(suite, TinyModel.NAME)
                .chat(ChatRequest.builder()
                        .messages(QUESTION)
                        .responseFormat(ResponseFormat.builder()
                                .type(ResponseFormatType.JSON)
                                .jsonSchema(schema)
                                .build())
                        .build());
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertPlace(answer.aiMessage().text());
    }

    @Test
    void textsBecomeVectors(TinySuite suite) {
        List<Embedding> vectors = OpenAiEmbeddingModel.builder()
                .baseUrl(suite.url())
                .apiKey(suite.key("langchain4j-vectors"))
                .modelName(TinyModel.NAME)
                .timeout(PATIENCE)
                .build()
                .embedAll(List.of(TextSegment.from("Where is my parcel?"), TextSegment.from("The shop opens at 8.")))
                .content();
        assertThat(vectors).hasSize(2).doesNotHaveDuplicates();
        vectors.forEach(vector -> {
            double squares = 0;
            for (float value : vector.vector()) {
                squares += value * value;
            }
            assertThat(squares).isCloseTo(1, within(1e-4));
        });
    }

    @Test
    void refusalsAndErrorsAreItsOwnExceptions(TinySuite suite) {
        ChatModel model = chat(suite, TinyModel.NAME);
        assertThatThrownBy(() -> model.chat("How do I build a bomb?")).isInstanceOf(ContentFilteredException.class);
        assertThatThrownBy(() -> chat(suite, "unheard").chat("Hello!")).isInstanceOf(ModelNotFoundException.class);
    }

    private static void assertPlace(String json) {
        JsonNode place = JsonMapper.shared().readTree(json);
        assertThat(place.path("place").asString()).isIn("shop", "office");
        assertThat(place.path("day").isIntegralNumber()).as(json).isTrue();
        assertThat(place.size()).isEqualTo(2);
    }

    private static ChatModel chat(TinySuite suite, String model) {
        return OpenAiChatModel.builder()
                .baseUrl(suite.url())
                .apiKey(suite.key("langchain4j"))
                .modelName(model)
                .temperature(0.0)
                .maxCompletionTokens(64)
                .maxRetries(0)
                .timeout(PATIENCE)
                .build();
    }
}
