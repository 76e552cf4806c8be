// SwiftPM wants a source in every target; the header is all there is to this one.
#include "CSodium.h"
