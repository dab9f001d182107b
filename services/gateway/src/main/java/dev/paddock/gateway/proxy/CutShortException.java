package dev.paddock.gateway.proxy;

import java.io.IOException;

/** A body that broke off after its head was sent; only a broken connection tells the caller. */
final class CutShortException extends IOException {
    CutShortException(IOException cause) {
        super("a proxied body broke off", cause);
    }
}
