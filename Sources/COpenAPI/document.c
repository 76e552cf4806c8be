// The document as the C compiler embeds it: at once, where Swift's takes minutes over a literal so long.
#include "document.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char document[] = {
#embed "openapi.yaml"
};

const unsigned char *points_openapi_document(void) { return document; }

long points_openapi_length(void) { return sizeof document; }
