#define _GNU_SOURCE
#include "ws.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static uint8_t buffer[1 << 20];

uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

double own_cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

void link_connect(struct link *link, int epoll, int port, const char *path, const char *extra)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *link = (struct link){.epoll = epoll, .port = port, .path = path, .extra = extra, .state = LINK_DIALLING};
    link->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (link->fd < 0)
        fail("socket");
    if (connect(link->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS)
        fail("connect");
    int yes = 1;
    setsockopt(link->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = link};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, link->fd, &event) < 0)
        fail("epoll_ctl");
}

/* The connection stands, or has failed: asks for the WebSocket. */
static void greet(struct link *link)
{
    char request[4096];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
                          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
                          link->path, link->port, link->port, link->extra);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = link};
    epoll_ctl(link->epoll, EPOLL_CTL_MOD, link->fd, &event);
    link->state = LINK_GREETING;
    if (send(link->fd, request, (size_t)length, MSG_NOSIGNAL) != length)
        link_close(link);
}

void link_close(struct link *link)
{
    if (link->state == LINK_CLOSED)
        return;
    close(link->fd);
    free(link->stash);
    link->stash = NULL;
    link->stashed = 0;
    link->state = LINK_CLOSED;
}

static void send_frame(struct link *link, uint8_t opcode, const uint8_t *payload, size_t length)
{
    static const uint8_t mask[4] = {0x5a, 0x17, 0xc3, 0x2e};
    static uint8_t frame[8 + 65536];
    size_t at = 0;
    frame[at++] = 0x80 | opcode;
    if (length < 126) {
        frame[at++] = 0x80 | (uint8_t)length;
    } else {
        frame[at++] = 0x80 | 126;
        frame[at++] = (uint8_t)(length >> 8);
        frame[at++] = (uint8_t)length;
    }
    memcpy(frame + at, mask, 4);
    at += 4;
    for (size_t i = 0; i < length; i++)
        frame[at + i] = payload[i] ^ mask[i & 3];
    if (send(link->fd, frame, at + length, MSG_NOSIGNAL) != (ssize_t)(at + length))
        link_close(link);
}

void link_send(struct link *link, const char *payload, size_t length)
{
    if (link->state == LINK_OPEN)
        send_frame(link, 1, (const uint8_t *)payload, length);
}

/* The length of the frame at data, header included, or 0 when its header is not complete. */
static size_t frame_length(const uint8_t *data, size_t have, size_t *header)
{
    if (have < 2)
        return 0;
    uint64_t length = data[1] & 127;
    *header = length == 126 ? 4 : length == 127 ? 10 : 2;
    if (have < *header)
        return 0;
    if (length >= 126) {
        size_t digits = *header - 2;
        length = 0;
        for (size_t i = 0; i < digits; i++)
            length = length << 8 | data[2 + i];
    }
    return *header + length;
}

static void take_frame(struct link *link, uint8_t opcode, const uint8_t *payload, size_t length, frame_listener told)
{
    if (opcode == 9) {
        send_frame(link, 10, payload, length);
    } else if (opcode == 8) {
        link->close_code = length >= 2 ? payload[0] << 8 | payload[1] : 1005;
        link_close(link);
    } else if (opcode < 3) {
        link->frames++;
        told(link, payload, length);
    }
}

/* Takes the handshake's answer off the beginning of the buffer: its length, or 0 when more must come. */
static size_t take_handshake(struct link *link, size_t have)
{
    uint8_t *end = memmem(buffer, have, "\r\n\r\n", 4);
    if (!end)
        return 0;
    if (have < 12 || memcmp(buffer + 9, "101", 3)) {
        fprintf(stderr, "refused: %.*s\n", (int)(end - buffer), buffer);
        link_close(link);
        return have;
    }
    link->state = LINK_OPEN;
    return (size_t)(end - buffer) + 4;
}

int link_read(struct link *link, frame_listener told)
{
    size_t have = link->stashed, at = 0, header = 0;
    if (link->state == LINK_DIALLING) {
        greet(link);
        return 0;
    }
    memcpy(buffer, link->stash ? link->stash : buffer, have);
    ssize_t got = recv(link->fd, buffer + have, sizeof buffer - have, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    if (got <= 0) {
        link_close(link);
        return 0;
    }
    link->bytes += (uint64_t)got;
    have += (size_t)got;
    int opened = link->state == LINK_GREETING;
    if (opened) {
        at = take_handshake(link, have);
        opened = link->state == LINK_OPEN;
    }
    while (link->state == LINK_OPEN) {
        size_t length = frame_length(buffer + at, have - at, &header);
        if (!length || length > have - at)
            break;
        take_frame(link, buffer[at] & 15, buffer + at + header, length - header, told);
        at += length;
    }
    if (link->state != LINK_CLOSED) {
        link->stashed = have - at;
        link->stash = link->stashed ? realloc(link->stash, link->stashed) : (free(link->stash), NULL);
        memcpy(link->stash ? link->stash : buffer, buffer + at, link->stashed);
    }
    return opened;
}
