package dev.paddock.llama.inference.libtorch;

import dev.paddock.kernels.Rows;

/** Rows on their way to a product in libtorch and back. */
interface ProductRows {
    /** Puts rows where the product reads them. */
    void set(Rows x, int rows);

    /** Takes the results of the rows that were put last. */
    void get(int rows, Rows y);
}
