package dev.paddock.trainingjob.json;

import jakarta.persistence.Converter;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object as text. */
@Converter
public final class ObjectText extends JsonText<ObjectNode> {
    public ObjectText() {
        super(ObjectNode.class);
    }
}
