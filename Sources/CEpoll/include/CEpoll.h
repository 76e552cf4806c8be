// The kernel's own way of waiting for many connections, which Swift's Glibc module leaves out.
#pragma once
#include <sys/epoll.h>
