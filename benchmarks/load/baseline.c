/* The floor: a chat room that does nothing but write. What costs less than this has saved system calls.
 *
 *   floor PORT JOINED
 *
 * It takes each text frame and writes it to every connection: one write per message and person, or, with JOINED (1), one
 * write per person for all that came in one turn of its loop. Blocking, trusting, of no other use.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 20000

static const char welcome[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";   /* of the load's one key */
static int people[MOST], headcount, joined;
static char welcomed[MOST * 4];
static uint8_t turn[1 << 22];
static size_t gathered;

static void write_to_all(void)
{
    for (int i = 0; gathered && i < headcount; i++)
        if (send(people[i], turn, gathered, MSG_NOSIGNAL) < 0)
            perror("send");
    gathered = 0;
}

/* Adds a masked client frame, as the server's own frame, to what this turn writes. Returns its length. */
static size_t gather(const uint8_t *frame)
{
    size_t length = frame[1] & 127, header = 2;
    if (length == 126) {
        length = (size_t)frame[2] << 8 | frame[3];
        header = 4;
    }
    const uint8_t *mask = frame + header, *payload = mask + 4;
    if ((frame[0] & 15) == 1) {
        memcpy(turn + gathered, frame, header);
        turn[gathered + 1] &= 127;
        gathered += header;
        for (size_t i = 0; i < length; i++)
            turn[gathered++] = payload[i] ^ mask[i & 3];
        if (!joined)
            write_to_all();
    }
    return header + 4 + length;
}

static void take(int fd)
{
    static uint8_t data[1 << 20];
    ssize_t got = recv(fd, data, sizeof data, MSG_DONTWAIT);
    if (got <= 0) {
        if (welcomed[fd])
            exit(0);                        /* the first to leave ends the evening */
        close(fd);                          /* only looked whether somebody was in */
        return;
    }
    if (!welcomed[fd]) {
        welcomed[fd] = 1;
        people[headcount++] = fd;
        send(fd, welcome, sizeof welcome - 1, MSG_NOSIGNAL);
        return;
    }
    for (ssize_t at = 0; at < got;)
        at += (ssize_t)gather(data + at);
}

int main(int count, char **words)
{
    if (count != 3)
        return fprintf(stderr, "see the head of baseline.c\n"), 2;
    joined = atoi(words[2]);
    int yes = 1, door = socket(AF_INET, SOCK_STREAM, 0), epoll = epoll_create1(0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(words[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(door, (struct sockaddr *)&address, sizeof address) || listen(door, 4096))
        return perror("listen"), 1;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = door}, events[1024];
    epoll_ctl(epoll, EPOLL_CTL_ADD, door, &event);
    for (;;) {
        int ready = epoll_wait(epoll, events, 1024, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd != door) {
                take(events[i].data.fd);
                continue;
            }
            event.data.fd = accept(door, NULL, NULL);
            setsockopt(event.data.fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            epoll_ctl(epoll, EPOLL_CTL_ADD, event.data.fd, &event);
        }
        write_to_all();
    }
}
