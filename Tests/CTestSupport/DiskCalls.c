// Takes the place of four functions of the C library in the program of the tests, for this program and
// for the libraries it loads: each does what it always does, and is written down where a test asks.
#include "CTestSupport.h"
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Thread_local int is_recording;
static _Thread_local char recorded[1 << 16];
static _Thread_local size_t used;

static void record(const char *verb, const char *first, const char *second) {
    if (!is_recording) return;
    int count = snprintf(
        recorded + used, sizeof recorded - used, "%s %s%s%s\n", verb, first, second[0] ? " " : "",
        second);
    if (count > 0 && used + (size_t)count < sizeof recorded) used += (size_t)count;
}

static void record_descriptor(int descriptor) {
    if (!is_recording) return;
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
    is_recording = 1;
}

size_t disk_calls_end(char *lines, size_t size) {
    is_recording = 0;
    memcpy(lines, recorded, used < size ? used : size);
    return used;
}
