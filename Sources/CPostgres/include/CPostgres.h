// libpq as Swift sees it. Named by its folder: an include path would have to be repeated by every importer.
#pragma once

#include <postgresql/libpq-fe.h>
