package dev.paddock.llama.torch;

/** libtorch's natives could not be loaded on this machine; the message names the platform and the ways out. */
public final class LibtorchUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LibtorchUnavailableException(Throwable cause) {
        super(message(), cause);
    }

    private static String message() {
        return ("libtorch cannot be loaded on %s/%s. Put the pytorch-native-cpu jar of this platform on the class path, "
                        + "or name a libtorch folder in PYTORCH_LIBRARY_PATH; DJL_CACHE_DIR must be a writable folder with "
                        + "500 MB free")
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
    }
}
