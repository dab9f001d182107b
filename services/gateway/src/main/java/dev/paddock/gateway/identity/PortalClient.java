package dev.paddock.gateway.identity;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The portal at the embedded authorization server; both ends live in this process, so its secret is made anew at each start. */
public record PortalClient(String secret) {
    public static final String ID = "portal";
    public static final String REDIRECT_PATH = "/login/oauth2/code/portal";
    private static final int SECRET_BYTES = 32;

    static PortalClient random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new PortalClient(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return "PortalClient[…]";
    }
}
