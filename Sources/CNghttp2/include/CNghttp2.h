// nghttp2 as Swift sees it: sessions over memory, whose bytes travel on sockets of our own loop.
#pragma once

#include <nghttp2/nghttp2.h>
