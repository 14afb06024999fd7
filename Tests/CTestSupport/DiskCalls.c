// Takes the place of four functions of the C library in the program of the tests, for this program and
// for the libraries it loads: each does what it always does, and is written down where a test asks.
#include "CTestSupport.h"
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { capacity = 1 << 16 };

// Of the thread that records; NULL while it does not. Only the address is in thread-local storage, which
// every thread pays for with its stack.
static _Thread_local char *recorded;
static _Thread_local size_t used;

static void record(const char *verb, const char *first, const char *second) {
    if (!recorded) return;
    int count = snprintf(
        recorded + used, capacity - used, "%s %s%s%s\n", verb, first, second[0] ? " " : "",
        second);
    if (count > 0 && used + (size_t)count < capacity) used += (size_t)count;
}

static void record_descriptor(int descriptor) {
    if (!recorded) return;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t count = readlink(link, path, sizeof path - 1);
    path[count < 0 ? 0 : count] = 0;
    record("sync", path, "");
}

int fsync(int descriptor) {
    record_descriptor(descriptor);
    return (int)syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor) {
    record_descriptor(descriptor);
    return (int)syscall(SYS_fdatasync, descriptor);
}

int rename(const char *old, const char *new) {
    record("rename", old, new);
    return renameat(AT_FDCWD, old, AT_FDCWD, new);
}

int link(const char *old, const char *new) {
    record("link", old, new);
    return linkat(AT_FDCWD, old, AT_FDCWD, new, 0);
}

void disk_calls_begin(void) {
    used = 0;
    recorded = malloc(capacity);
}

size_t disk_calls_end(char *lines, size_t size) {
    if (!recorded) return 0;
    if (size) memcpy(lines, recorded, used < size ? used : size);
    free(recorded);
    recorded = NULL;
    return used;
}
