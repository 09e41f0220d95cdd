/* Authors and readers of several rooms: posts are counted when they are acknowledged and when they arrive.
 *
 *   posts PORT DIALECT ROOMS CONNECTIONS AUTHORS
 *
 * ROOMS rooms of CONNECTIONS connections each; the first AUTHORS of them, dealt over the rooms by turns, post. DIALECT is
 * `zashiki` (zashiki.v1; acknowledged by its answer `ok`) or `tutorial` (acknowledged when the author sees it come back,
 * since there is no other sign). Rooms are called bench-0, bench-1 ...
 *
 * Says "ready" when everybody sits, then obeys lines on standard input, answering each with a line of JSON:
 *
 *   keep WINDOW SECONDS     each author keeps WINDOW posts waiting for their acknowledgement
 *   pace RATE SECONDS       RATE posts a second by all authors together, whatever the answers
 */
#define _GNU_SOURCE
#include "times.h"
#include "ws.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

#define AT_ONCE 64
#define SILENCE 5000000000ull
#define POSTS (1 << 22)

static struct link *links;
static long *room_ids;                      /* of each connection's room, learnt from the answer to subscribe */
static int connections, rooms, authors, epoll, zashiki, subscribed, failed;
static uint64_t posted_at[POSTS];
static uint8_t acknowledged[POSTS];
static struct link *author_of[POSTS];
static uint32_t posted, first, answered, refused;
static uint64_t arrived, deliveries, last_arrival, deadline;
static int window;
static struct times ack_times, delivery_times;

static void post(int author)
{
    static const char prose[] = "Has anybody seen the minutes of Tuesday? I thought they were in the folder by now.";
    char text[512];
    uint32_t number = posted++;
    uint64_t now = now_ns();
    int length;
    posted_at[number] = now;
    author_of[number] = &links[author];
    if (zashiki)
        length = sprintf(text, "{\"type\":\"post\",\"ref\":%u,\"room\":%ld,\"nonce\":\"n%llx-%u\",\"body\":\"~%08x %s\"}", number,
                         room_ids[author], (unsigned long long)now, number, number, prose);
    else
        length = sprintf(text, "{\"message\":\"~%08x %s\"}", number, prose);
    link_send(&links[author], text, (size_t)length);
}

static void acknowledge(struct link *link, uint32_t number)
{
    if (number < first || number >= posted || acknowledged[number])
        return;
    acknowledged[number] = 1;
    answered++;
    times_add(&ack_times, arrived - posted_at[number]);
    if (window && arrived < deadline && posted < POSTS)
        post((int)(link - links));
}

static int begins(const uint8_t *payload, size_t length, const char *words)
{
    size_t wanted = strlen(words);
    return length >= wanted && !memcmp(payload, words, wanted);
}

static long number_after(const uint8_t *payload, size_t length, const char *words)
{
    const uint8_t *at = memmem(payload, length, words, strlen(words));
    return at ? atol((const char *)at + strlen(words)) : -1;
}

static void sat_down(struct link *link, const uint8_t *payload, size_t length)
{
    room_ids[link - links] = number_after(payload, length, "\"room\":{\"id\":");
    subscribed++;
}

static void arrived_at(struct link *link, const uint8_t *payload, size_t length)
{
    const uint8_t *mark = memchr(payload, '~', length);
    if (!mark || mark + 9 > payload + length)
        return;
    uint32_t number = (uint32_t)strtoul((const char *)mark + 1, NULL, 16);
    if (number < first || number >= posted)
        return;
    deliveries++;
    last_arrival = arrived;
    times_add(&delivery_times, arrived - posted_at[number]);
    if (!zashiki && link == author_of[number])
        acknowledge(link, number);
}

static void heard(struct link *link, const uint8_t *payload, size_t length)
{
    if (begins(payload, length, "{\"type\":\"ok\"")) {
        last_arrival = arrived;
        if (room_ids[link - links] < 0)
            sat_down(link, payload, length);
        else
            acknowledge(link, (uint32_t)number_after(payload, length, "\"ref\":"));
    } else if (begins(payload, length, "{\"type\":\"error\"")) {
        if (!refused++)
            fprintf(stderr, "refused: %.*s\n", (int)length, payload);
        acknowledge(link, (uint32_t)number_after(payload, length, "\"ref\":"));
    } else {
        arrived_at(link, payload, length);
    }
}

static void opened(struct link *link)
{
    static const char subscribe[] = "{\"type\":\"subscribe\",\"ref\":0}";
    if (zashiki)
        link_send(link, subscribe, sizeof subscribe - 1);
    else
        subscribed++;
}

/* Reads everybody once; true when standard input has a line. */
static int read_all(int milliseconds)
{
    static struct epoll_event events[1024];
    int asked = 0, count = epoll_wait(epoll, events, 1024, milliseconds);
    for (int i = 0; i < count; i++) {
        struct link *link = events[i].data.ptr;
        arrived = now_ns();
        if (!link) {
            asked = 1;
            continue;
        }
        if (link_read(link, heard))
            opened(link);
        failed += link->state == LINK_CLOSED;
    }
    return asked;
}

static void sit_all(int port)
{
    char *paths = calloc((size_t)rooms, 64);
    const char *protocol = zashiki ? "Sec-WebSocket-Protocol: zashiki.v1\r\n" : "";
    int begun = 0;
    for (int i = 0; i < rooms; i++)
        sprintf(paths + i * 64, "/ws/chat/bench-%d/", i);
    while (subscribed < connections) {
        for (; begun < connections && begun - subscribed < AT_ONCE; begun++) {
            room_ids[begun] = -1;
            link_connect(&links[begun], epoll, port, paths + begun % rooms * 64, protocol);
        }
        read_all(1000);
        if (failed) {
            fprintf(stderr, "%d of %d connections failed\n", failed, connections);
            exit(1);
        }
    }
}

static void begin(double seconds)
{
    first = posted;
    answered = refused = 0;
    deliveries = 0;
    last_arrival = now_ns();
    deadline = last_arrival + (uint64_t)(seconds * 1e9);
    times_clear(&ack_times);
    times_clear(&delivery_times);
}

/* Waits for what is under way and says what came of it. */
static void end(uint64_t begun, double cpu)
{
    uint64_t expected = (uint64_t)(posted - first) * (uint64_t)(connections / rooms);
    while ((answered < posted - first || deliveries < expected) && now_ns() - last_arrival < SILENCE)
        read_all(100);
    expected = (uint64_t)(posted - first - refused) * (uint64_t)(connections / rooms);
    printf("{\"posted\": %u, \"acknowledged\": %u, \"refused\": %u, \"deliveries\": %llu, \"lost\": %lld, \"wall_s\": %.6f, "
           "\"ack_p50_ms\": %.4f, \"ack_p99_ms\": %.4f, \"ack_longest_ms\": %.4f, \"p50_ms\": %.4f, \"p99_ms\": %.4f, "
           "\"load_cpu_s\": %.6f}\n",
           posted - first, answered - refused, refused, (unsigned long long)deliveries,
           (long long)expected - (long long)deliveries, (double)(last_arrival - begun) / 1e9, times_ms(&ack_times, .5),
           times_ms(&ack_times, .99), (double)ack_times.longest / 1e6, times_ms(&delivery_times, .5),
           times_ms(&delivery_times, .99), own_cpu_seconds() - cpu);
    fflush(stdout);
}

static void keep(int waiting, double seconds)
{
    uint64_t begun = now_ns();
    double cpu = own_cpu_seconds();
    begin(seconds);
    window = waiting;
    for (int i = 0; i < authors * waiting; i++)
        post((int)(posted % (uint32_t)authors));
    while (now_ns() < deadline && now_ns() - last_arrival < SILENCE)
        read_all(20);
    end(begun, cpu);
}

static void pace(double rate, double seconds)
{
    uint64_t begun = now_ns();
    double cpu = own_cpu_seconds();
    begin(seconds);
    window = 0;
    for (uint64_t now = begun; now < deadline && posted < POSTS; now = now_ns()) {
        while ((double)(posted - first) < (double)(now - begun) / 1e9 * rate)
            post((int)(posted % (uint32_t)authors));
        read_all(1);
    }
    end(begun, cpu);
}

static void obey(const char *line)
{
    double rate, seconds;
    int waiting;
    if (sscanf(line, "keep %d %lf", &waiting, &seconds) == 2)
        keep(waiting, seconds);
    else if (sscanf(line, "pace %lf %lf", &rate, &seconds) == 2)
        pace(rate, seconds);
}

int main(int count, char **words)
{
    if (count != 6)
        return fprintf(stderr, "see the head of posts.c\n"), 2;
    char line[256];
    zashiki = !strcmp(words[2], "zashiki");
    rooms = atoi(words[3]);
    connections = rooms * atoi(words[4]);
    authors = atoi(words[5]);
    links = calloc((size_t)connections, sizeof *links);
    room_ids = calloc((size_t)connections, sizeof *room_ids);
    epoll = epoll_create1(0);
    sit_all(atoi(words[1]));
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &event);
    puts("ready");
    fflush(stdout);
    for (;;)
        if (read_all(1000)) {
            if (!fgets(line, sizeof line, stdin))
                return 0;
            obey(line);
        }
}
