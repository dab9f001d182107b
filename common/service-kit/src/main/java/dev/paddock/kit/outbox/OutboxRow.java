package dev.paddock.kit.outbox;

/** An event that waits to be sent. */
record OutboxRow(long position, String topic, String key, String payload) {
    /** Events with equal order keys leave one after another. */
    String orderKey() {
        return topic + ' ' + key;
    }
}
