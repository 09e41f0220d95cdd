/* WebSocket clients over epoll: what every load generator here is made of. */
#ifndef ZASHIKI_BENCH_WS_H
#define ZASHIKI_BENCH_WS_H

#include <stddef.h>
#include <stdint.h>

enum link_state { LINK_CLOSED, LINK_DIALLING, LINK_GREETING, LINK_OPEN };

struct link {
    int fd, epoll, port;
    const char *path, *extra;
    enum link_state state;
    uint8_t *stash;      /* the beginning of a frame whose end has not come yet */
    size_t stashed;
    uint64_t frames;     /* data frames received */
    uint64_t bytes;      /* bytes received, frame headers included */
    int close_code;      /* of the server's close frame; 0: none came */
};

/* Told of each data frame; the payload is valid during the call only. */
typedef void (*frame_listener)(struct link *, const uint8_t *payload, size_t length);

uint64_t now_ns(void);
double own_cpu_seconds(void);

/* Starts connecting to 127.0.0.1 and returns at once; extra: further header lines, each ended by CRLF, or "". Both
 * strings must live until the link is open. */
void link_connect(struct link *, int epoll, int port, const char *path, const char *extra);

/* Reads what is there. Returns 1 when this call has opened the link, else 0; a lost link becomes LINK_CLOSED. */
int link_read(struct link *, frame_listener);

/* Sends one masked text frame of at most 65,535 bytes. */
void link_send(struct link *, const char *payload, size_t length);

void link_close(struct link *);

#endif
