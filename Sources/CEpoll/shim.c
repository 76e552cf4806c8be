// A C target needs one file; epoll is used as it is.
#include "CEpoll.h"
