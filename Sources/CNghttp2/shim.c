// A C target needs one file; nghttp2 is used as it is.
#include "CNghttp2.h"
