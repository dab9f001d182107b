package dev.paddock.guard.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.inference.ChatMessage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConversationWindowsTest {
    private static final int ROOM = 60;
    private final ConversationWindows windows = new ConversationWindows(ROOM);

    @Test
    void aShortConversationIsOneWindowAsItIs() {
        List<ChatMessage> conversation = List.of(ChatMessage.of("user", "Hi."), ChatMessage.of("assistant", "Hello."));

        assertThat(windows.of("assistant", conversation)).containsExactly(conversation);
    }

    @Test
    void everyStretchOfAPromptsConversationIsJudgedInOnePiece() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            String first = text(random, random.nextInt(300));
            String last = text(random, 61 + random.nextInt(300));
            List<List<ChatMessage>> cut =
                    windows.of("user", List.of(ChatMessage.of("system", first), ChatMessage.of("user", last)));
            List<String> judged =
                    cut.stream().map(ConversationWindowsTest::judged).toList();

            for (String text : List.of(first, last)) {
                for (int i = 0; i + 8 <= text.length(); i++) {
                    String stretch = text.substring(i, i + 8);
                    assertThat(judged).anyMatch(piece -> piece.contains(stretch));
                }
            }
            assertThat(cut).allSatisfy(window -> assertThat(window.stream()
                            .mapToInt(
                                    message -> String.valueOf(message.content()).length())
                            .sum())
                    .isLessThanOrEqualTo(ROOM));
        }
    }

    @Test
    void ofAResponsesConversationOnlyTheResponseIsJudgedWithWhatCameBefore() {
        List<List<ChatMessage>> cut = windows.of(
                "assistant",
                List.of(ChatMessage.of("user", "q".repeat(90)), ChatMessage.of("assistant", "a".repeat(15))));

        assertThat(cut).hasSize(1);
        assertThat(judged(cut.get(0))).isEqualTo("a".repeat(15));
        assertThat(cut.get(0).get(0).role()).isEqualTo("user");
    }

    @Test
    void aPromptsEveryMessageIsTheLastOfAWindowThatLaterMessagesLeaveAsItIs() {
        List<ChatMessage> conversation = List.of(
                ChatMessage.of("system", "s".repeat(45)),
                ChatMessage.of("user", "u".repeat(20)),
                ChatMessage.of("assistant", "a".repeat(130)),
                ChatMessage.of("user", "v"));
        List<List<ChatMessage>> all = windows.of("user", conversation);

        for (int turns = 1; turns <= conversation.size(); turns++) {
            List<List<ChatMessage>> before = windows.of("user", conversation.subList(0, turns));
            assertThat(all.subList(0, before.size())).isEqualTo(before);
            assertThat(before.get(before.size() - 1))
                    .endsWith(
                            ChatMessage.of(conversation.get(turns - 1).role(), judged(before.get(before.size() - 1))));
        }
        assertThat(all).extracting(ConversationWindowsTest::judged).contains("s".repeat(45), "u".repeat(20), "v");
    }

    @Test
    void aCutNeverSplitsACharacterOutsideTheBasicPlane() {
        List<List<ChatMessage>> cut = windows.of("user", List.of(ChatMessage.of("user", "x" + "😀".repeat(200))));

        assertThat(cut).allSatisfy(window -> assertThat(
                        judged(window).codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF))
                .isTrue());
    }

    private static String judged(List<ChatMessage> window) {
        return String.valueOf(window.get(window.size() - 1).content());
    }

    private static String text(Random random, int length) {
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
