package dev.paddock.gateway.proxy;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Closes the connection of an answer that broke off. An exception alone would not: with an error page registered, Tomcat ends a
 * committed chunked body as if it were whole.
 */
final class CutShortValve extends ValveBase {
    static final String ATTRIBUTE = CutShortException.class.getName();

    CutShortValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (request.getAttribute(ATTRIBUTE) instanceof CutShortException cause) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, cause);
        }
    }
}
