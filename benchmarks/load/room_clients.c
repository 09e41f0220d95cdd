/* The people of one room: they all listen, and some of them speak.
 *
 *   fan PORT PATH CONNECTIONS SIZE BEFORE AFTER HELLO HEADERS BLIND
 *
 * A message is BEFORE, "~", eight hex digits of its number, sixteen of the time it was sent, prose, AFTER: SIZE bytes in
 * all. HELLO is sent on each connection as soon as it is open ("" for nothing). With BLIND (1) the frames are not read
 * but counted: the n-th frame of a connection is taken for message n (for compressed frames).
 *
 * Says "ready" when everybody is connected, then obeys lines on standard input, answering each with a line of JSON:
 *
 *   run WINDOW SPEAKERS MESSAGES SECONDS   keep WINDOW messages under way until MESSAGES were sent or SECONDS are over
 *   stall COUNT                            the last COUNT connections stop reading for good
 *   state                                  frames heard so far, connections that were closed, the last close code
 */
#define _GNU_SOURCE
#include "times.h"
#include "ws.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define AT_ONCE 64                          /* handshakes under way while connecting */
#define SILENCE 6000000000ull               /* nothing came for so long: what is under way is lost */
#define MESSAGES (1 << 22)

static struct link *links;
static int connections, speakers, epoll, blind, size;
static const char *before, *after, *hello;
static int32_t missing[MESSAGES];           /* deliveries that a message still lacks */
static uint64_t sent_at[MESSAGES];
static uint32_t sent, complete, first, limit;
static int listeners, window;
static uint64_t arrived, deliveries, deadline, last_arrival;
static struct times times;

/* Something to say: as hard to compress as what people write. */
static char prose(uint32_t number, int at)
{
    static const char text[] =
        "Has anybody seen the minutes of Tuesday? I thought Aiko had put them into the folder, but there are only those of "
        "last week. We can begin without them at half past nine, the room upstairs is free until eleven. By the way: whoever "
        "borrowed the blue cable, the projector does not work without it, so please bring it back before lunch, thanks! ";
    return text[(number * 37u + (uint32_t)at) % (sizeof text - 1)];
}

static void speak(void)
{
    char message[65536], *at = message;
    uint64_t now = now_ns();
    uint32_t number = sent++;
    sent_at[number] = now;
    missing[number] = listeners;
    at += sprintf(at, "%s~%08x%016llx", before, number, (unsigned long long)now);
    for (; at - message < size - (int)strlen(after); at++)
        *at = prose(number, (int)(at - message));
    at += sprintf(at, "%s", after);
    link_send(&links[number % (uint32_t)speakers], message, (size_t)(at - message));
}

static void fill_window(void)
{
    while (sent - complete < (uint32_t)window && sent < limit && now_ns() < deadline)
        speak();
}

static uint64_t hex(const uint8_t *digits, int count)
{
    uint64_t value = 0;
    while (count--) {
        uint8_t c = *digits++;
        value = value << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return value;
}

static void delivered(uint32_t number)
{
    if (number < first || number >= sent)
        return;
    deliveries++;
    last_arrival = arrived;
    times_add(&times, arrived - sent_at[number]);
    if (--missing[number] == 0)
        complete++;
}

static void heard(struct link *link, const uint8_t *payload, size_t length)
{
    if (blind) {
        delivered((uint32_t)link->frames - 1);
        return;
    }
    const uint8_t *mark = memchr(payload, '~', length);
    if (mark && mark + 25 <= payload + length)
        delivered((uint32_t)hex(mark + 1, 8));
    else if (length == 1 && *payload == '2')
        link_send(link, "3", 1);            /* socket.io's own ping */
}

/* Reads everybody once; true when standard input has a line. */
static int read_all(int milliseconds, int *opened)
{
    static struct epoll_event events[1024];
    int asked = 0, count = epoll_wait(epoll, events, 1024, milliseconds);
    for (int i = 0; i < count; i++) {
        struct link *link = events[i].data.ptr;
        arrived = now_ns();
        if (!link)
            asked = 1;
        else if (link_read(link, heard)) {
            ++*opened;
            if (*hello)
                link_send(link, hello, strlen(hello));
        }
    }
    return asked;
}

static void connect_all(int port, const char *path, const char *headers)
{
    int begun = 0, opened = 0, failed = 0;
    while (opened + failed < connections) {
        while (begun < connections && begun - opened - failed < AT_ONCE)
            link_connect(&links[begun++], epoll, port, path, headers);
        read_all(1000, &opened);
        failed = 0;
        for (int i = 0; i < begun; i++)
            failed += links[i].state == LINK_CLOSED;
        if (failed > 0) {
            fprintf(stderr, "%d connections failed\n", failed);
            exit(1);
        }
    }
}

static void run(int in_flight, int speaking, uint32_t messages, double seconds)
{
    int opened = 0;
    uint64_t begun = now_ns(), bytes = 0;
    double cpu = own_cpu_seconds();
    for (int i = 0; i < connections; i++)
        bytes -= links[i].bytes;
    window = in_flight;
    speakers = speaking;
    first = complete = sent;
    limit = sent + messages < MESSAGES ? sent + messages : MESSAGES;
    deliveries = 0;
    deadline = begun + (uint64_t)(seconds * 1e9);
    last_arrival = begun;
    times_clear(&times);
    fill_window();
    while (complete < sent && now_ns() - last_arrival < SILENCE) {
        read_all(100, &opened);
        fill_window();
    }
    for (int i = 0; i < connections; i++)
        bytes += links[i].bytes;
    uint64_t expected = (uint64_t)(sent - first) * (uint64_t)listeners;
    printf("{\"messages\": %u, \"deliveries\": %llu, \"lost\": %llu, \"wall_s\": %.6f, \"p50_ms\": %.4f, \"p99_ms\": %.4f, "
           "\"longest_ms\": %.4f, \"load_cpu_s\": %.6f, \"bytes\": %llu}\n",
           sent - first, (unsigned long long)deliveries, (unsigned long long)(expected - deliveries),
           (double)(last_arrival - begun) / 1e9, times_ms(&times, .5), times_ms(&times, .99), (double)times.longest / 1e6,
           own_cpu_seconds() - cpu, (unsigned long long)bytes);
}

static void stall(int count)
{
    int small = 4096;                       /* or the kernel would read megabytes for them */
    for (int i = connections - count; i < connections; i++) {
        setsockopt(links[i].fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        epoll_ctl(epoll, EPOLL_CTL_DEL, links[i].fd, NULL);
    }
    listeners = connections - count;
    printf("{\"stalled\": %d}\n", count);
}

static void state(void)
{
    int count = 0, code = 0;
    uint64_t frames = 0;
    for (int i = 0; i < connections; i++) {
        frames += links[i].frames;
        if (links[i].state == LINK_CLOSED) {
            count++;
            code = links[i].close_code ? links[i].close_code : code;
        }
    }
    printf("{\"frames\": %llu, \"closed\": %d, \"close_code\": %d}\n", (unsigned long long)frames, count, code);
}

static void obey(const char *line)
{
    int in_flight, speaking, count;
    unsigned messages;
    double seconds;
    if (sscanf(line, "run %d %d %u %lf", &in_flight, &speaking, &messages, &seconds) == 4)
        run(in_flight, speaking, messages, seconds);
    else if (sscanf(line, "stall %d", &count) == 1)
        stall(count);
    else
        state();
    fflush(stdout);
}

int main(int count, char **words)
{
    if (count != 10)
        return fprintf(stderr, "see the head of room_clients.c\n"), 2;
    char line[256];
    int opened = 0;
    connections = listeners = atoi(words[3]);
    size = atoi(words[4]);
    before = words[5];
    after = words[6];
    hello = words[7];
    blind = atoi(words[9]);
    links = calloc((size_t)connections, sizeof *links);
    epoll = epoll_create1(0);
    connect_all(atoi(words[1]), words[2], words[8]);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &event);
    puts("ready");
    fflush(stdout);
    for (;;)
        if (read_all(1000, &opened)) {
            if (!fgets(line, sizeof line, stdin))
                return 0;
            obey(line);
        }
}
