package dev.paddock.kernels;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share one short piece of work after another. Between two pieces they spin for some microseconds, then sleep: a
 * forward pass has a hundred pieces in a few milliseconds, an idle model none. Parts go to whoever comes first, so that a caller
 * on a busy machine does not wait for a thread that has no processor. For one caller at a time, who takes part.
 */
public final class Team implements AutoCloseable {
    private static final long SPIN_NANOS = 40_000;
    /** Parts for each thread: more of them even out what one has more to do than another. */
    private static final int SHARE = 2;
    /** Bits of a ticket that count parts; those above count rounds. */
    private static final int PART_BITS = 16;

    /** Work that falls into parts which do not wait for each other. */
    public interface Work {
        /**
         * Does one part.
         *
         * @param part which, from 0
         * @param parts how many there are: {@link Team#parts}
         */
        void run(int part, int parts);
    }

    private final Member[] members;
    /** The round and its next part. */
    private final AtomicLong ticket = new AtomicLong(1 << (PART_BITS - 1));

    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;
    private volatile @Nullable Thread waiting;
    private volatile @Nullable Work work;

    /** @param size threads that work, the caller's among them */
    public Team(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size is " + size + "; it must be positive");
        }
        members = new Member[size - 1];
        for (int i = 0; i < members.length; i++) {
            members[i] = new Member(i + 1);
            members[i].start();
        }
    }

    /** Threads that work, the caller's among them. */
    public int size() {
        return members.length + 1;
    }

    /** Parts into which work falls. */
    public int parts() {
        return members.length == 0 ? 1 : SHARE * size();
    }

    /** Does all parts and returns when the last is done; the first exception of any part is thrown then. */
    public void run(Work next) {
        if (closed) {
            throw new IllegalStateException("The team is closed");
        }
        if (members.length == 0) {
            next.run(0, 1);
            return;
        }
        work = next;
        unfinished.set(parts());
        ticket.set(((ticket.get() >> PART_BITS) + 1) << PART_BITS);
        wake();
        while (runNext()) {}
        awaitOthers();
        work = null;
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            rethrow(thrown);
        }
    }

    private void wake() {
        for (Member member : members) {
            if (member.asleep) {
                member.asleep = false;
                LockSupport.unpark(member);
            }
        }
    }

    /** Does the round's next part, if there is one; a round goes on until all parts taken are done, and so does its work. */
    private boolean runNext() {
        long seen = ticket.get();
        int part = part(seen);
        if (part >= parts()) {
            return false;
        }
        if (ticket.compareAndSet(seen, seen + 1)) {
            attempt(Objects.requireNonNull(work), part);
            if (unfinished.decrementAndGet() == 0) {
                LockSupport.unpark(waiting);
            }
        }
        return true;
    }

    private boolean hasNext() {
        return part(ticket.get()) < parts();
    }

    private static int part(long ticket) {
        return (int) ticket & ((1 << PART_BITS) - 1);
    }

    private void attempt(Work current, int part) {
        try {
            current.run(part, parts());
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        }
    }

    private void awaitOthers() {
        long from = System.nanoTime();
        while (unfinished.get() != 0) {
            if (System.nanoTime() - from < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                waiting = Thread.currentThread();
                if (unfinished.get() != 0) {
                    LockSupport.park(this);
                }
                waiting = null;
            }
        }
    }

    private static void rethrow(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        for (Member member : members) {
            LockSupport.unpark(member);
        }
    }

    private final class Member extends Thread {
        private volatile boolean asleep;

        Member(int number) {
            super("kernels-" + number);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!closed) {
                while (runNext()) {}
                awaitNext();
            }
        }

        private void awaitNext() {
            long from = System.nanoTime();
            while (!hasNext() && !closed) {
                if (System.nanoTime() - from < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    asleep = true;
                    if (!hasNext() && !closed) {
                        LockSupport.park(Team.this);
                    }
                    asleep = false;
                }
            }
        }
    }
}
