package dev.paddock.trainingjob.json;

import dev.paddock.contracts.event.MethodInputs;
import jakarta.persistence.Converter;

/** What orders of a method name, as text. */
@Converter
public final class InputsText extends JsonText<MethodInputs> {
    public InputsText() {
        super(MethodInputs.class);
    }
}
