package dev.paddock.llama.training;

/** Seeds derived from one. */
final class Seeds {
    private Seeds() {}

    /** A seed for the use with the given number (SplitMix64's finalizer, Steele et al. 2014). */
    static long mix(long seed, long use) {
        long z = seed + (use + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
