package dev.paddock.llama.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What {@code torch.jit.save} would write for a module without attributes of its own: a zip of stored entries with the
 * class as text. Weights and state are arguments of its methods, so that nothing is held twice.
 *
 * <p>The text is the body of the class, its methods indented by two spaces and {@code self} typed as
 * {@code __torch__.Kernels}; {@code SELF} in the text stands for that type.
 */
final class TorchScriptArchive {
    private static final String ROOT = "kernels";
    private static final String HEADER = """
            class Kernels(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
            """;

    private final String source;

    TorchScriptArchive(String methods) {
        source = HEADER + methods.replace("SELF", "__torch__.Kernels");
    }

    byte[] toBytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StoredZip zip = new StoredZip(out);
        zip.entry(ROOT + "/data.pkl", root());
        zip.entry(ROOT + "/byteorder", ascii("little"));
        zip.entry(ROOT + "/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
        zip.entry(ROOT + "/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
        zip.entry(ROOT + "/version", ascii("3\n"));
        zip.finish();
        return out.toByteArray();
    }

    /** Pickle, protocol 2, of {@code Kernels()} with the one attribute {@code training = False}. */
    private static byte[] root() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2});
        pickle.write(ascii("c__torch__\nKernels\n")); // GLOBAL
        pickle.write(new byte[] {')', (byte) 0x81, '}', '('}); // EMPTY_TUPLE NEWOBJ EMPTY_DICT MARK
        byte[] key = ascii("training");
        pickle.write(new byte[] {'X', (byte) key.length, 0, 0, 0}); // BINUNICODE
        pickle.write(key);
        pickle.write(new byte[] {(byte) 0x89, 'u', 'b', '.'}); // NEWFALSE SETITEMS BUILD STOP
        return pickle.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
