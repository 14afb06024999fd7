/* Faults on command: preloaded into the daemon, it makes system calls on files of one directory fail,
 * or the process die in them, and shifts the clock. What it does stands in a file that the tests
 * have mapped as well; injector.py says the same layout in Python. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { OPEN = 1, READ = 2, WRITE = 4, SYNC = 8, TRUNCATE = 16, RENAME = 32, UNLINK = 64 };
enum { RULES = 4, DIE = -1 };

struct rule {
    int32_t calls;    /* Which calls; 0: the rule is not in force. */
    int32_t error;    /* errno; 0: they are counted only; DIE: as by kill -9. */
    int32_t skip;     /* How many pass first. */
    int32_t permille; /* How many of the others fail. */
    int32_t seen, hits;
    char suffix[40]; /* What the path ends with. */
};

static volatile struct control {
    int64_t ahead;   /* Seconds by which the wall clock is wrong, */
    int64_t elapsed; /* and by which the monotonic one has gone further. */
    char directory[240];
    struct rule rules[RULES];
} *control;

#define REAL(type, name, ...)                                                                      \
    static type (*real)(__VA_ARGS__);                                                              \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void map(void) {
    const char *path = getenv("FAULTS_CONTROL");
    REAL(int, open, const char *, int, ...);
    int file = path ? real(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) control = mapped;
    close(file);
}

static int ends_with(const char *path, const char *suffix) {
    size_t length = strlen(path), end = strlen(suffix);
    return length >= end && strcmp(path + length - end, suffix) == 0;
}

/* Whether a call is to fail; errno says how. */
static int fails(int call, const char *path) {
    if (!path || strncmp(path, (const char *)control->directory,
                         strlen((const char *)control->directory)) != 0)
        return 0;
    for (int index = 0; index < RULES; index++) {
        volatile struct rule *rule = &control->rules[index];
        if (!(rule->calls & call) || !ends_with(path, (const char *)rule->suffix)) continue;
        if (__atomic_fetch_add(&rule->seen, 1, __ATOMIC_RELAXED) < rule->skip) continue;
        if (rule->permille < 1000 && random() % 1000 >= rule->permille) continue;
        __atomic_fetch_add(&rule->hits, 1, __ATOMIC_RELAXED);
        if (rule->error == DIE) kill(getpid(), SIGKILL);
        if (rule->error > 0) {
            errno = rule->error;
            return 1;
        }
    }
    return 0;
}

static int is_meant(int call) {
    if (!control) return 0;
    for (int index = 0; index < RULES; index++)
        if (control->rules[index].calls & call) return 1;
    return 0;
}

static int fails_at(int call, const char *path) { return is_meant(call) && fails(call, path); }

static int fails_on(int call, int descriptor) {
    if (!is_meant(call)) return 0;
    char link[40], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(call, path);
}

#define OPENING(name)                                                                              \
    int name(const char *path, int flags, ...) {                                                   \
        REAL(int, name, const char *, int, ...);                                                   \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;                    \
        va_end(rest);                                                                              \
        return fails_at(OPEN, path) ? -1 : real(path, flags, mode);                                \
    }
OPENING(open)
OPENING(open64)

#define TRANSFER(name, call, type)                                                                 \
    ssize_t name(int file, type *bytes, size_t count, off_t offset) {                              \
        REAL(ssize_t, name, int, type *, size_t, off_t);                                           \
        return fails_on(call, file) ? -1 : real(file, bytes, count, offset);                       \
    }
TRANSFER(pread, READ, void)
TRANSFER(pread64, READ, void)
TRANSFER(pwrite, WRITE, const void)
TRANSFER(pwrite64, WRITE, const void)

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(ssize_t, write, int, const void *, size_t);
    return fails_on(WRITE, file) ? -1 : real(file, bytes, count);
}

#define ON_FILE(name, call)                                                                        \
    int name(int file) {                                                                           \
        REAL(int, name, int);                                                                      \
        return fails_on(call, file) ? -1 : real(file);                                             \
    }
ON_FILE(fsync, SYNC)
ON_FILE(fdatasync, SYNC)

#define TRUNCATING(name)                                                                           \
    int name(int file, off_t length) {                                                             \
        REAL(int, name, int, off_t);                                                               \
        return fails_on(TRUNCATE, file) ? -1 : real(file, length);                                 \
    }
TRUNCATING(ftruncate)
TRUNCATING(ftruncate64)

int rename(const char *old, const char *new) {
    REAL(int, rename, const char *, const char *);
    return fails_at(RENAME, new) ? -1 : real(old, new);
}

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    return fails_at(UNLINK, path) ? -1 : real(path);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    REAL(int, clock_gettime, clockid_t, struct timespec *);
    int result = real(clock, time);
    if (result != 0 || !control) return result;
    if (clock == CLOCK_REALTIME) time->tv_sec += control->ahead;
    if (clock == CLOCK_MONOTONIC) time->tv_sec += control->elapsed;
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}
