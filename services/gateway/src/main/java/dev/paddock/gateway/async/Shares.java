package dev.paddock.gateway.async;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A bounded amount in use at once, of which one holder has its share at most. */
public final class Shares {
    private final int total;
    private final int share;
    private final Map<UUID, Integer> held = new HashMap<>();
    private int used;

    public Shares(int total, int share) {
        this.total = total;
        this.share = share;
    }

    /** Takes all of the amount or nothing. */
    public synchronized boolean take(UUID holder, int amount) {
        int own = held.getOrDefault(holder, 0);
        if (amount > total - used || amount > share - own) {
            return false;
        }
        used += amount;
        held.put(holder, own + amount);
        return true;
    }

    public synchronized void giveBack(UUID holder, int amount) {
        used -= amount;
        held.computeIfPresent(holder, (key, own) -> own == amount ? null : own - amount);
    }
}
