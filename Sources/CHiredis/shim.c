// A C target needs one file; hiredis is used as it is.
#include "CHiredis.h"
