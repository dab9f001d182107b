package dev.paddock.llama.optimizer;

import dev.paddock.llama.torch.TensorMemory;
import dev.paddock.llama.torch.TensorScope;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Zeroed memory of any size outside the Java heap: in this process, or a mapped file that the operating system pages in and out.
 * Different places may be used by several threads at once.
 */
final class StateMemory implements AutoCloseable {
    private static final int SEGMENT = 1 << 30;
    /** Bytes of a name, at most. */
    private static final int NAME = 24;

    private final List<ByteBuffer> segments = new ArrayList<>();
    private final TensorScope scope = TensorScope.open();
    private final long size;

    private StateMemory(long size) {
        this.size = size;
    }

    static StateMemory resident(long size) {
        StateMemory memory = new StateMemory(size);
        for (long from = 0; from < size; from += SEGMENT) {
            memory.segments.add(TensorMemory.allocate(memory.scope, Math.min(SEGMENT, size - from))
                    .bytes());
        }
        return memory;
    }

    /**
     * Memory in a file, which is made here and loses its name at once (on Unix), so that nothing is left of it however the process
     * ends; its room on the disk is free when the collector has found the closed memory.
     *
     * @throws IOException when the file exists already, or its disk is full
     */
    static StateMemory paged(Path file, long size) throws IOException {
        StateMemory memory = new StateMemory(size);
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            reserve(channel, size);
            for (long from = 0; from < size; from += SEGMENT) {
                memory.segments.add(channel.map(FileChannel.MapMode.READ_WRITE, from, Math.min(SEGMENT, size - from))
                        .order(ByteOrder.nativeOrder()));
            }
        }
        return memory;
    }

    /** Writes zeros, so that a full disk is told here and does not end the process later. */
    private static void reserve(FileChannel channel, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
        for (long written = 0; written < size; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), size - written));
            written += channel.write(zeros);
        }
    }

    long size() {
        return size;
    }

    /** Reads fp32 numbers from a place on that is a multiple of four. */
    void get(long at, float[] into, int count) {
        for (int done = 0; done < count; ) {
            FloatBuffer floats = floats(at + (long) done * Float.BYTES);
            int here = Math.min(count - done, floats.remaining());
            floats.get(into, done, here);
            done += here;
        }
    }

    void put(long at, float[] from, int count) {
        for (int done = 0; done < count; ) {
            FloatBuffer floats = floats(at + (long) done * Float.BYTES);
            int here = Math.min(count - done, floats.remaining());
            floats.put(from, done, here);
            done += here;
        }
    }

    void get(long at, byte[] into, int count) {
        for (int done = 0; done < count; ) {
            ByteBuffer bytes = bytes(at + done);
            int here = Math.min(count - done, bytes.remaining());
            bytes.get(into, done, here);
            done += here;
        }
    }

    void put(long at, byte[] from, int count) {
        for (int done = 0; done < count; ) {
            ByteBuffer bytes = bytes(at + done);
            int here = Math.min(count - done, bytes.remaining());
            bytes.put(from, done, here);
            done += here;
        }
    }

    private FloatBuffer floats(long at) {
        return bytes(at).slice().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** From a place to its segment's end. */
    private ByteBuffer bytes(long at) {
        return segment(at).duplicate().position((int) (at % SEGMENT));
    }

    private ByteBuffer segment(long at) {
        if (segments.isEmpty()) {
            throw new IllegalStateException("the optimizer's state is closed");
        }
        return segments.get((int) (at / SEGMENT));
    }

    /** Writes a name, the size, and all bytes. */
    void write(String name, WritableByteChannel channel) throws IOException {
        drain(header(name), channel);
        for (ByteBuffer segment : segments) {
            drain(segment.duplicate().clear(), channel);
        }
    }

    /** Reads what was written under that name. */
    void read(String name, ReadableByteChannel channel) throws IOException {
        ByteBuffer expected = header(name);
        ByteBuffer found = ByteBuffer.allocate(expected.capacity());
        fill(channel, found);
        if (!expected.equals(found.flip())) {
            throw new IllegalArgumentException("the stored state is not that of " + name + " with " + size
                    + " bytes; resume with the optimizer and the tensors that it was written for, or begin anew");
        }
        for (ByteBuffer segment : segments) {
            fill(channel, segment.duplicate().clear());
        }
    }

    private ByteBuffer header(String name) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(NAME + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(text)
                .position(NAME)
                .putLong(size)
                .flip();
    }

    private static void drain(ByteBuffer bytes, WritableByteChannel channel) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void fill(ReadableByteChannel channel, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new EOFException("the optimizer's state ends " + into.remaining() + " bytes early");
            }
        }
    }

    @Override
    public void close() {
        segments.clear();
        scope.close();
    }
}
