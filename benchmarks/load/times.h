/* A histogram of durations with a resolution of three per cent, from a nanosecond to hours. */
#ifndef ZASHIKI_BENCH_TIMES_H
#define ZASHIKI_BENCH_TIMES_H

#include <stdint.h>
#include <string.h>

struct times {
    uint64_t count, longest;
    uint64_t bucket[64 * 32];
};

static inline void times_clear(struct times *t) { memset(t, 0, sizeof *t); }

static inline void times_add(struct times *t, uint64_t ns)
{
    int power = ns < 32 ? 0 : 58 - __builtin_clzll(ns);   /* 32 buckets for each power of two */
    t->bucket[power * 32 + (int)(ns >> power)]++;
    t->count++;
    if (ns > t->longest)
        t->longest = ns;
}

/* The duration in milliseconds that a share (0 to 1) of them does not exceed. */
static inline double times_ms(const struct times *t, double share)
{
    uint64_t wanted = (uint64_t)(share * (double)t->count), seen = 0;
    for (int i = 0; i < 64 * 32; i++) {
        seen += t->bucket[i];
        if (seen > wanted) {
            int power = i < 64 ? 0 : i / 32 - 1;
            return (double)((uint64_t)(i - power * 32) << power) / 1e6;
        }
    }
    return (double)t->longest / 1e6;
}

#endif
