package dev.paddock.llama.inference;

import dev.paddock.llama.constraint.TokenConstraint;

/** Whether a model can answer a request: its tokens, its context, and the form of its answer. */
final class RequestFit {
    private RequestFit() {}

    /**
     * The request with as many new tokens as the context has room for behind the prompt.
     *
     * @throws PromptTooLongException where there is none
     * @throws IllegalArgumentException for tokens that the model does not have, or a form that finds no room
     */
    static GenerationRequest to(int vocabulary, int context, GenerationRequest request) {
        checkTokens(request, vocabulary);
        GenerationRequest fitted = request.withNewTokens(room(request, context));
        checkForm(fitted);
        return fitted;
    }

    private static void checkTokens(GenerationRequest request, int vocabulary) {
        for (int token : request.prompt()) {
            checkToken("The prompt has", token, vocabulary);
        }
        request.sampling().logitBias().keySet().forEach(token -> checkToken("logitBias names", token, vocabulary));
    }

    private static void checkToken(String where, int token, int vocabulary) {
        if (token < 0 || token >= vocabulary) {
            throw new IllegalArgumentException(
                    "%s token %d; the model's tokens are 0 to %d".formatted(where, token, vocabulary - 1));
        }
    }

    private static int room(GenerationRequest request, int context) {
        int prompt = request.prompt().length;
        int least = request.newTokens() == 0 ? 0 : 1;
        if (prompt + least > context) {
            throw new PromptTooLongException(prompt, context);
        }
        return Math.min(request.newTokens(), context - prompt);
    }

    private static void checkForm(GenerationRequest request) {
        TokenConstraint form = request.constraint();
        if (form != null && form.leastTokens() > request.newTokens()) {
            throw new IllegalArgumentException(
                    "the answer may have %d tokens and the shortest that the constraint allows has %d; allow more"
                            .formatted(request.newTokens(), form.leastTokens()));
        }
    }
}
