// hiredis as Swift sees it: only the reply reader is used, over a socket of our own loop.
#pragma once

#include <hiredis/read.h>
