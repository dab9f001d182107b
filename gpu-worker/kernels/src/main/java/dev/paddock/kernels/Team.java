package dev.paddock.kernels;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share one short piece of work after another. Between two pieces they spin for some microseconds, then sleep: a
 * forward pass has a hundred pieces in a few milliseconds, an idle model none. For one caller at a time, who takes part.
 */
public final class Team implements AutoCloseable {
    private static final long SPIN_NANOS = 40_000;

    /** Work that falls into parts which do not wait for each other. */
    public interface Work {
        /**
         * Does one part.
         *
         * @param part which, from 0
         * @param parts how many there are: the team's size
         */
        void run(int part, int parts);
    }

    private final Member[] members;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile int round;
    private volatile boolean closed;
    private volatile @Nullable Thread waiting;
    private @Nullable Work work;

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
        unfinished.set(members.length);
        startRound();
        attempt(next, 0);
        awaitOthers();
        Throwable thrown = failure.get();
        if (thrown != null) {
            failure.set(null);
            rethrow(thrown);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by one caller at a time
    private void startRound() {
        round = round + 1;
        for (Member member : members) {
            if (member.asleep) {
                LockSupport.unpark(member);
            }
        }
    }

    private void attempt(Work next, int part) {
        try {
            next.run(part, size());
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
        if (!closed) {
            closed = true;
            startRound();
        }
    }

    private final class Member extends Thread {
        private final int part;
        private volatile boolean asleep;

        Member(int part) {
            super("kernels-" + part);
            this.part = part;
            setDaemon(true);
        }

        @Override
        public void run() {
            int seen = 0;
            while (true) {
                seen = awaitAfter(seen);
                if (closed) {
                    return;
                }
                Work current = work;
                if (current != null) {
                    attempt(current, part);
                }
                finish();
            }
        }

        private int awaitAfter(int seen) {
            long from = System.nanoTime();
            while (round == seen) {
                if (System.nanoTime() - from < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    asleep = true;
                    if (round == seen) {
                        LockSupport.park(Team.this);
                    }
                    asleep = false;
                }
            }
            return round;
        }

        private void finish() {
            if (unfinished.decrementAndGet() == 0) {
                LockSupport.unpark(waiting);
            }
        }
    }
}
