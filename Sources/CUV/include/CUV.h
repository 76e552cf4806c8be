// What Swift cannot import by itself: libuv, and the few Linux calls hidden behind feature macros.
#pragma once

#include <stdbool.h>
#include <sys/socket.h>
#include <uv.h>

/// accept4 is a GNU extension that the Glibc module does not show; the new socket is non-blocking and close-on-exec.
int points_accept(int listener, struct sockaddr *peer, socklen_t *peer_length);

/// Names the calling thread, as `top -H` shows it; at most 15 bytes count.
void points_name_thread(const char *name);

/// Has the kernel treat the calling thread as one of a batch (SCHED_BATCH): it does not interrupt whoever wakes it.
/// False where the system does not allow that.
bool points_gather_thread(void);
bool points_is_gathering_thread(void);
