// libsodium as Swift sees it: digests, random bytes, comparison in constant time.
#pragma once

#include <sodium.h>
