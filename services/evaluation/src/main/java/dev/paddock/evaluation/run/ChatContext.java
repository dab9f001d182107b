package dev.paddock.evaluation.run;

import dev.paddock.contracts.inference.RenderRequest;
import dev.paddock.contracts.inference.RenderResponse;
import dev.paddock.evaluation.inference.Inference;
import dev.paddock.evaluation.suite.Item;

/** The whole conversation in the base's own chat template, as an application's question reaches the model. */
final class ChatContext implements ChoiceContext {
    private final Inference inference;

    ChatContext(Inference inference) {
        this.inference = inference;
    }

    @Override
    public Context of(String base, Item item) {
        RenderResponse rendered = inference.render(new RenderRequest(base, item.prompt(), null, true));
        return new Context(rendered.prompt(), rendered.data());
    }

    /** The template ends where the answer begins. */
    @Override
    public String separator() {
        return "";
    }

    /** The template's control tokens count, an item's do not. */
    @Override
    public boolean plain() {
        return false;
    }
}
