// docs/openapi.yaml, as it was when this was built.
#pragma once

const unsigned char *_Nonnull points_openapi_document(void);
long points_openapi_length(void);
