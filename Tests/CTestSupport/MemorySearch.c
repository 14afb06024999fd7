#include "CTestSupport.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum { chunk = 1 << 20 };

static int holds(const unsigned char *bytes, size_t size, const unsigned char *masked, size_t count,
                 unsigned char mask) {
    for (size_t start = 0; start + count <= size; start++) {
        size_t same = 0;
        while (same < count && (bytes[start + same] ^ mask) == masked[same]) same++;
        if (same == count) return 1;
    }
    return 0;
}

int memory_holds(const unsigned char *masked, size_t count, unsigned char mask) {
    FILE *maps = fopen("/proc/self/maps", "re");
    unsigned char *window = malloc(chunk);
    if (!maps || !window) return -1;
    int found = 0;
    char line[8192], rights[8];
    unsigned long first, last;
    while (!found && fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%lx-%lx %7s", &first, &last, rights) != 3) continue;
        if (rights[0] != 'r' || rights[1] != 'w') continue;
        // Chunks overlap, so that nothing is missed between two.
        for (unsigned long at = first; !found && at < last; at += chunk - count) {
            size_t size = last - at < chunk ? last - at : chunk;
            struct iovec here = {window, size}, there = {(void *)at, size};
            ssize_t read = process_vm_readv(getpid(), &here, 1, &there, 1, 0);
            if (read > 0) found = holds(window, (size_t)read, masked, count, mask);
            // What was read once must not be found here.
            explicit_bzero(window, chunk);
        }
    }
    free(window);
    fclose(maps);
    return found;
}
