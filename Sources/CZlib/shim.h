#pragma once
#include <zlib.h>

// deflateInit2 is a macro, which Swift does not import. 15 bits of window, 16 more for a gzip header
// (RFC 1952) without name and time.
static inline int lunauth_deflate_init_gzip(z_stream *stream) {
    return deflateInit2(stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
}
