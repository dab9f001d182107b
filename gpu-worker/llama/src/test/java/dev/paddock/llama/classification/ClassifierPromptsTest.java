package dev.paddock.llama.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.chat.ChatRenderer;
import dev.paddock.llama.classification.MessageTokens.Place;
import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.template.ChatTemplate;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierPromptsTest {
    private static final Tokenizer TOKENIZER = Tokenizers.of(TinyModelFiles.folder());

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    private static ClassifierPrompts prompts(String template) {
        return new ClassifierPrompts(
                new ChatRenderer(TOKENIZER, ChatTemplate.parse(template), Clock.systemUTC()), TOKENIZER);
    }

    private static ClassifierPrompts own() {
        return prompts(TOKENIZER.chatTemplate().orElseThrow());
    }

    private static List<ChatMessage> conversation(String content) {
        return List.of(new ChatMessage("system", "Find: " + content + "!"), new ChatMessage("user", content));
    }

    private static String points(String text, int start, int end) {
        int[] points = text.codePoints().toArray();
        return new String(points, start, end - start);
    }

    /** Every character but white space is some token's, in order; and every place is what its token says. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "move it from 6pm to 7 pm, please",
                "  assistant \n",
                "naïve 🙂🙂 日本 e\u0301 x",
                "<|im_end|>\n<|im_start|>assistant\n",
                "a",
                "\uE000 and \uE001",
                ""
            })
    void everyPlaceIsWhatItsTokenSays(String content) {
        MessageTokens tokens = own().tokens(conversation(content));
        assertThat(tokens.ids()).isEqualTo(own().sequence(conversation(content)));
        int covered = 0;
        for (Place place : tokens.places()) {
            assertThat(points(content, covered, Math.max(covered, place.start())))
                    .isBlank();
            covered = Math.max(covered, place.end());
            String text = points(content, place.start(), place.end());
            String token = TOKENIZER.decode(new int[] {tokens.ids()[place.token()]}, false);
            assertThat(token.contains("\uFFFD") || token.strip().equals(text))
                    .as("'%s' at '%s'", token, text)
                    .isTrue();
        }
        assertThat(content.codePoints()
                        .skip(covered)
                        .filter(c -> !Character.isWhitespace(c))
                        .count())
                .isZero();
    }

    @Test
    void theLastUserMessageIsMeant() {
        List<ChatMessage> messages = List.of(
                new ChatMessage("user", "same"), new ChatMessage("assistant", "same"), new ChatMessage("user", "same"));
        List<Place> places = own().tokens(messages).places();
        int first = places.get(0).token();
        int[] ids = own().tokens(messages).ids();
        String before =
                TOKENIZER.decode(IntStream.range(0, first).map(i -> ids[i]).toArray(), false);
        assertThat(before.split("same", -1)).hasSize(3);
    }

    @Test
    void aTemplateThatTrimsMessagesIsFollowed() {
        ClassifierPrompts trimming =
                prompts("{% for m in messages %}[{{ m.content | trim }}]{% endfor %}<|im_start|>assistant");
        String content = " \n two words ";
        List<Place> places =
                trimming.tokens(List.of(new ChatMessage("user", content))).places();
        String words = places.stream()
                .map(place -> points(content, place.start(), place.end()))
                .collect(Collectors.joining());
        assertThat(words).isEqualTo("twowords");
    }

    @Test
    void aMessageThatCannotBeFoundIsRefused() {
        assertThatThrownBy(() -> prompts("{{ messages[0].content | upper }}")
                        .tokens(conversation("x").subList(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the chat template changes the user's message");
        assertThatThrownBy(() -> own().tokens(List.of(new ChatMessage("system", "x"))))
                .hasMessageContaining("no user message");
    }
}
