package dev.paddock.trainingjob.trigger;

import dev.paddock.trainingjob.json.JsonText;
import dev.paddock.trainingjob.order.OrderRequest;
import jakarta.persistence.Converter;

/** An order as text. */
@Converter
public final class OrderText extends JsonText<OrderRequest> {
    public OrderText() {
        super(OrderRequest.class);
    }
}
