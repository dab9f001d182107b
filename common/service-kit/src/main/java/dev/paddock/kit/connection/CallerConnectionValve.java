package dev.paddock.kit.connection;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets a request ask whether its caller is still there. Servlets do not learn of a connection's end before they write to it; Tomcat
 * does when it reads ahead: behind a body that has been read whole, nothing comes but the next request or the end.
 */
final class CallerConnectionValve extends ValveBase {
    static final String ATTRIBUTE = CallerConnection.class.getName();
    /** What Tomcat says is available where reading fails; a request that comes early has more. */
    private static final int FAILED = 1;

    CallerConnectionValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        CallerConnection connection = () -> hasEnded(request.getCoyoteRequest());
        request.setAttribute(ATTRIBUTE, connection);
        getNext().invoke(request, response);
    }

    private static boolean hasEnded(org.apache.coyote.Request request) {
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() == FAILED;
    }
}
