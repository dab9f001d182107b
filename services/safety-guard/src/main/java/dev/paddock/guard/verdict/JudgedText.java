package dev.paddock.guard.verdict;

import dev.paddock.contracts.guard.GuardText;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.guard.judge.Case;
import dev.paddock.kit.artifacts.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What a verdict is on: a prompt's whole conversation as compact JSON, as the gateway digests it too, or a response's text. */
final class JudgedText {
    private static final JsonMapper JSON = JsonMapper.shared();

    private JudgedText() {}

    static String digest(Case judged) {
        List<ChatMessage> messages = judged.messages();
        byte[] text = judged.role().equals("assistant")
                ? GuardText.of(messages.get(messages.size() - 1)).getBytes(StandardCharsets.UTF_8)
                : JSON.writeValueAsBytes(messages);
        return Digest.of(text).value();
    }
}
