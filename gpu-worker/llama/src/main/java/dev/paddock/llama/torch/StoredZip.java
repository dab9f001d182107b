package dev.paddock.llama.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** A zip of stored entries whose data begin on 64-byte boundaries, as libtorch's archive reader wants them. */
final class StoredZip {
    private static final int ALIGNMENT = 64;
    private static final short MIDNIGHT_1980 = 0x21;

    private final ByteArrayOutputStream out;
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int entries;

    StoredZip(ByteArrayOutputStream out) {
        this.out = out;
    }

    void entry(String path, byte[] data) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(data);
        int offset = out.size();
        int start = offset + 30 + name.length + 4;
        int padding = (ALIGNMENT - start % ALIGNMENT) % ALIGNMENT;
        out.write(fields(30 + name.length + 4 + padding, header -> {
            header.putInt(0x04034b50);
            common(header, crc, data.length, name.length).putShort((short) (4 + padding));
            header.put(name).putShort((short) 0x4246).putShort((short) padding);
        }));
        out.write(data);
        directory.write(fields(46 + name.length, header -> {
            header.putInt(0x02014b50).putShort((short) 20);
            common(header, crc, data.length, name.length).putShort((short) 0);
            header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
            header.putInt(offset).put(name);
        }));
        entries++;
    }

    void finish() throws IOException {
        int start = out.size();
        out.write(directory.toByteArray());
        out.write(fields(22, end -> {
            end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
            end.putShort((short) entries).putShort((short) entries);
            end.putInt(directory.size()).putInt(start).putShort((short) 0);
        }));
    }

    /** The fields that a local header and a directory record share: version to name length. */
    private static ByteBuffer common(ByteBuffer into, CRC32 crc, int size, int nameLength) {
        into.putShort((short) 20).putShort((short) 0x800).putShort((short) 0);
        into.putShort((short) 0).putShort(MIDNIGHT_1980).putInt((int) crc.getValue());
        return into.putInt(size).putInt(size).putShort((short) nameLength);
    }

    private static byte[] fields(int size, Consumer<ByteBuffer> fill) {
        byte[] bytes = new byte[size];
        fill.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }
}
