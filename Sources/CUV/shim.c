#define _GNU_SOURCE
#include "CUV.h"
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

int points_accept(int listener, struct sockaddr *peer, socklen_t *peer_length) {
  return accept4(listener, peer, peer_length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

void points_name_thread(const char *name) {
  char short_name[16];
  snprintf(short_name, sizeof short_name, "%s", name);
  pthread_setname_np(pthread_self(), short_name);
}

bool points_make_batch_thread(void) {
  const struct sched_param parameters = {.sched_priority = 0};
  return sched_getscheduler(0) == SCHED_OTHER && sched_setscheduler(0, SCHED_BATCH, &parameters) == 0;
}
