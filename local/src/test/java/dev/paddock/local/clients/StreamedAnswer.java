package dev.paddock.local.clients;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a stream of LangChain4j's brings. */
final class StreamedAnswer implements StreamingChatResponseHandler {
    private final StringBuilder pieces = new StringBuilder();
    private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

    @Override
    public void onPartialResponse(String piece) {
        pieces.append(piece);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        whole.complete(response);
    }

    @Override
    public void onError(Throwable error) {
        whole.completeExceptionally(error);
    }

    /** Waits for the end. */
    ChatResponse whole() throws ExecutionException, InterruptedException, TimeoutException {
        return whole.get(2, TimeUnit.MINUTES);
    }

    String pieces() {
        return pieces.toString();
    }
}
