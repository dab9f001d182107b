/*
 * What one core takes for one row's product with 4-bit weights in fp32 sums, in C with AVX-512 intrinsics: the same steps as FourBitMatrix.sum
 * without its scales. Prints milliseconds for the 106 million weights of SmolLM2-135M's layers, from the second-level cache and from memory.
 *
 *   clang-16 -O3 -march=native four_bit_floor.c -o floor && ./floor
 */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { COLUMNS = 576, GROUP = 32, GROUPS = COLUMNS / GROUP, TILE = 32, TILES = 4, PACK = 4 };
enum { BLOCK = (1 + GROUP / PACK) * TILE, STRIDE = GROUPS * BLOCK };
static const size_t WEIGHTS = 106168320;
static const size_t CACHED = (size_t)3072 * COLUMNS;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/* Four tiles of 32 rows: four columns in a short, a number n taken as 1 + n/16. */
__attribute__((noinline)) static void multiply(const uint16_t *blocks, const float *x, float *sums) {
    const __m512i number = _mm512_set1_epi32(0x780000);
    const __m512i one = _mm512_set1_epi32(0x3f800000);
    for (int half = 0; half < 2 * GROUPS; half++) {
        const uint16_t *from = blocks + half / 2 * BLOCK + TILE + half % 2 * 16;
        __m512 sum[TILES];
        for (int tile = 0; tile < TILES; tile++) sum[tile] = _mm512_setzero_ps();
#pragma GCC unroll 8
        for (int pack = 0; pack < GROUP / PACK; pack++) {
            __m512i bits[TILES];
            for (int tile = 0; tile < TILES; tile++)
                bits[tile] = _mm512_slli_epi32(
                    _mm512_cvtepu16_epi32(_mm256_loadu_si256((const void *)(from + tile * STRIDE + pack * TILE))), 7);
            for (int i = 0; i < PACK; i++) {
                const __m512 z = _mm512_set1_ps(x[half / 2 * GROUP + pack * PACK + i]);
                for (int tile = 0; tile < TILES; tile++) {
                    const __m512i code = _mm512_ternarylogic_epi32(bits[tile], number, one, 0xEA);
                    sum[tile] = _mm512_fmadd_ps(_mm512_castsi512_ps(code), z, sum[tile]);
                    bits[tile] = _mm512_slli_epi32(bits[tile], 4);
                }
            }
        }
        for (int tile = 0; tile < TILES; tile++)
            _mm512_storeu_ps(sums + half / 2 * TILES * TILE + tile * TILE + half % 2 * 16, sum[tile]);
    }
}

/* The shortest of some passes, for WEIGHTS. */
static double shortest(const uint16_t *blocks, size_t weights, int repeats) {
    float x[COLUMNS], sums[GROUPS * TILES * TILE];
    double best = 1e9;
    const size_t fours = weights / (TILES * TILE * COLUMNS);
    for (int i = 0; i < COLUMNS; i++) x[i] = rand() % 100 / 100.f - .5f;
    for (int round = 0; round < 30; round++) {
        const double begin = now();
        for (int repeat = 0; repeat < repeats; repeat++)
            for (size_t four = 0; four < fours; four++) multiply(blocks + four * TILES * STRIDE, x, sums);
        const double taken = (now() - begin) * WEIGHTS / ((double)repeats * fours * TILES * TILE * COLUMNS);
        if (taken < best) best = taken;
    }
    return best;
}

int main(void) {
    const size_t numbers = WEIGHTS / PACK * 9 / 8 + STRIDE * TILES;
    uint16_t *blocks = malloc(numbers * sizeof(uint16_t));
    for (size_t i = 0; i < numbers; i++) blocks[i] = (uint16_t)rand();
    printf("from the cache %.2f ms, from memory %.2f ms\n", shortest(blocks, CACHED, 30), shortest(blocks, WEIGHTS, 1));
    return 0;
}
