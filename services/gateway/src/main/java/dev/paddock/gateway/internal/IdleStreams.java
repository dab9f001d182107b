package dev.paddock.gateway.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Ends streams on which nothing comes any more, so that a half-open connection keeps nobody's place. */
@Component
public final class IdleStreams implements AutoCloseable {
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "idle-streams");
        thread.setDaemon(true);
        return thread;
    });

    IdleStreams() {
        watch.setRemoveOnCancelPolicy(true);
    }

    /** The same bytes; a read that brings none within the time closes the stream and is an {@link IOException}. */
    public InputStream watched(InputStream in, Duration most) {
        return new Watched(in, most);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    private final class Watched extends FilterInputStream {
        private final Duration most;
        private volatile boolean idle;

        Watched(InputStream in, Duration most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        /** A stream that was closed meanwhile may throw or end; to the reader both are the same fault. */
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            ScheduledFuture<?> alarm = watch.schedule(this::giveUp, most.toMillis(), TimeUnit.MILLISECONDS);
            try {
                int count = in.read(buffer, offset, length);
                if (count < 0 && idle) {
                    throw new IOException("closed");
                }
                return count;
            } catch (IOException e) {
                throw idle ? new IOException("nothing came for " + most, e) : e;
            } finally {
                alarm.cancel(false);
            }
        }

        private void giveUp() {
            idle = true;
            try {
                in.close();
            } catch (IOException e) {
                // it is gone, which is what closing is for
            }
        }
    }
}
