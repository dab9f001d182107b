package dev.paddock.llama.inference;

import dev.paddock.llama.constraint.TokenConstraint;

/** Checks requests against a model, and fits their length to its context. */
final class RequestFit {
    private final Executor executor;

    RequestFit(Executor executor) {
        this.executor = executor;
    }

    /**
     * The request with as many new tokens as fit the context behind its prompt.
     *
     * @throws PromptTooLongException where the prompt leaves no room in the context
     * @throws UnknownAdapterException where its adapter is not loaded
     * @throws IllegalArgumentException where its tokens or its language do not fit
     */
    GenerationRequest fitted(GenerationRequest request) {
        String adapter = request.adapter();
        if (adapter != null && !executor.adapters().contains(adapter)) {
            throw new UnknownAdapterException(adapter);
        }
        checkTokens(request);
        GenerationRequest fitted = request.withNewTokens(room(request));
        checkLanguage(fitted);
        return fitted;
    }

    private void checkTokens(GenerationRequest request) {
        int vocabulary = executor.config().vocabularySize();
        for (int token : request.prompt()) {
            if (token < 0 || token >= vocabulary) {
                throw new IllegalArgumentException(
                        "The prompt has token %d; the model's tokens are 0 to %d".formatted(token, vocabulary - 1));
            }
        }
        request.sampling().logitBias().keySet().forEach(token -> {
            if (token < 0 || token >= vocabulary) {
                throw new IllegalArgumentException(
                        "logitBias names token %d; the model's tokens are 0 to %d".formatted(token, vocabulary - 1));
            }
        });
    }

    private static void checkLanguage(GenerationRequest request) {
        TokenConstraint language = request.constraint();
        if (language != null && language.leastTokens() > request.newTokens()) {
            throw new IllegalArgumentException(
                    "the answer may have %d tokens and the shortest that the constraint allows has %d; allow more"
                            .formatted(request.newTokens(), language.leastTokens()));
        }
    }

    private int room(GenerationRequest request) {
        int prompt = request.prompt().length;
        int context = executor.config().contextLength();
        int least = request.newTokens() == 0 ? 0 : 1;
        if (prompt + least > context) {
            throw new PromptTooLongException(prompt, context);
        }
        return Math.min(request.newTokens(), context - prompt);
    }
}
