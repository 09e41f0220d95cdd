/* Everybody comes back at the same moment: how long until all are live again, with all that they have missed?
 *
 *   returning PORT PEOPLE SINCE EPOCH MISSED
 *
 * PEOPLE connections to the room bench-0 begin at once; each sits with the version SINCE and the EPOCH that it knows and is
 * back when it has its answer and MISSED messages. Whoever is refused or cut off tries again after 200 milliseconds. One
 * of them then posts, and all must get it. Says all of that in a line of JSON.
 */
#define _GNU_SOURCE
#include "times.h"
#include "ws.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

#define PATIENCE 120000000000ull
#define PAUSE 200000000ull

struct guest {
    struct link link;                       /* first, so that a link is its guest */
    uint64_t again_at;                      /* when to try again; 0: it is trying */
    int answered, got, back, greeted;
    long room;
};

static struct guest *guests;
static int people, epoll, port, missed, back, greeted, retries;
static char subscribe[256];
static struct times times;
static uint64_t begun;

static int begins(const uint8_t *payload, size_t length, const char *words)
{
    size_t wanted = strlen(words);
    return length >= wanted && !memcmp(payload, words, wanted);
}

static void heard(struct link *link, const uint8_t *payload, size_t length)
{
    struct guest *guest = (struct guest *)link;
    if (begins(payload, length, "{\"type\":\"ok\"") && !guest->answered) {
        const uint8_t *at = memmem(payload, length, "\"room\":{\"id\":", 13);
        guest->room = at ? atol((const char *)at + 13) : 0;
        guest->answered = 1;
    } else if (begins(payload, length, "{\"type\":\"message\"")) {
        guest->got++;
    }
    if (!guest->back && guest->answered && guest->got >= missed) {
        guest->back = 1;
        back++;
        times_add(&times, now_ns() - begun);
    }
    if (guest->back && !guest->greeted && memmem(payload, length, "here we are again", 17)) {
        guest->greeted = 1;
        greeted++;
    }
}

static void knock(struct guest *guest)
{
    *guest = (struct guest){0};
    link_connect(&guest->link, epoll, port, "/ws/chat/bench-0/", "Sec-WebSocket-Protocol: zashiki.v1\r\n");
}

static void read_all(void)
{
    static struct epoll_event events[1024];
    int count = epoll_wait(epoll, events, 1024, 20);
    for (int i = 0; i < count; i++) {
        struct guest *guest = events[i].data.ptr;
        if (link_read(&guest->link, heard))
            link_send(&guest->link, subscribe, strlen(subscribe));
        if (guest->link.state == LINK_CLOSED && !guest->again_at) {
            back -= guest->back;
            guest->back = 0;
            guest->again_at = now_ns() + PAUSE;
        }
    }
}

static void try_again(void)
{
    uint64_t now = now_ns();
    for (int i = 0; i < people; i++)
        if (guests[i].again_at && guests[i].again_at < now) {
            retries++;
            knock(&guests[i]);
        }
}

static void wait_until(const int *reached)
{
    uint64_t until = now_ns() + PATIENCE;
    while (*reached < people && now_ns() < until) {
        read_all();
        try_again();
    }
}

int main(int count, char **words)
{
    if (count != 6)
        return fprintf(stderr, "see the head of reconnect.c\n"), 2;
    char post[256];
    port = atoi(words[1]);
    people = atoi(words[2]);
    missed = atoi(words[5]);
    snprintf(subscribe, sizeof subscribe, "{\"type\":\"subscribe\",\"ref\":0,\"since\":%s,\"epoch\":\"%s\"}", words[3], words[4]);
    guests = calloc((size_t)people, sizeof *guests);
    epoll = epoll_create1(0);
    begun = now_ns();
    for (int i = 0; i < people; i++)
        knock(&guests[i]);
    wait_until(&back);
    double all_back = (double)(now_ns() - begun) / 1e9, cpu = own_cpu_seconds();
    snprintf(post, sizeof post, "{\"type\":\"post\",\"ref\":1,\"room\":%ld,\"nonce\":\"n%llu\",\"body\":\"here we are again\"}",
             guests[0].room, (unsigned long long)begun);
    link_send(&guests[0].link, post, strlen(post));
    if (back == people)
        wait_until(&greeted);
    long most = 0;
    for (int i = 0; i < people; i++)
        most = guests[i].got > most ? guests[i].got : most;
    printf("{\"back\": %d, \"seconds\": %.3f, \"p50_ms\": %.0f, \"p99_ms\": %.0f, \"retries\": %d, \"live\": %d, "
           "\"most_messages\": %ld, \"load_cpu_s\": %.3f}\n",
           back, all_back, times_ms(&times, .5), times_ms(&times, .99), retries, greeted, most, cpu);
    return 0;
}
