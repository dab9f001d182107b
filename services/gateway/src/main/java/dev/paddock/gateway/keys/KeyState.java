package dev.paddock.gateway.keys;

/** Only an active key opens anything. */
enum KeyState {
    ACTIVE,
    EXPIRED,
    REVOKED
}
