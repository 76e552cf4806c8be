// What Swift cannot import by itself: libuv, and the few Linux calls hidden behind feature macros.
#pragma once

#include <stdbool.h>
#include <sys/socket.h>
#include <uv.h>

/// accept4 is a GNU extension that the Glibc module does not show; the new socket is non-blocking and close-on-exec.
int points_accept(int listener, struct sockaddr *peer, socklen_t *peer_length);

/// Names the calling thread, as `top -H` shows it; at most 15 bytes count.
void points_name_thread(const char *name);

/// Gives the calling thread the policy SCHED_BATCH: when it is woken it interrupts nobody. False where the system does
/// not allow that, and where somebody has given it another policy on purpose. Threads and processes made from it inherit it.
bool points_make_batch_thread(void);
