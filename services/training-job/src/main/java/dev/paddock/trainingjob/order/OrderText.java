package dev.paddock.trainingjob.order;

import dev.paddock.trainingjob.json.JsonText;
import jakarta.persistence.Converter;

/** An order as text. */
@Converter
public final class OrderText extends JsonText<OrderRequest> {
    public OrderText() {
        super(OrderRequest.class);
    }
}
