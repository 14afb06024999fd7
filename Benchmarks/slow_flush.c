/* A disk whose flush takes 3 ms, as that of many SSDs without a battery: preloaded into a process,
 * it lets each fsync(2) and fdatasync(2) take that much longer. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static int wait_after(int result) {
    struct timespec rest = {.tv_sec = 0, .tv_nsec = 3000000};
    nanosleep(&rest, NULL);
    return result;
}

int fdatasync(int descriptor) {
    int (*flush)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    return wait_after(flush(descriptor));
}

int fsync(int descriptor) {
    int (*flush)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    return wait_after(flush(descriptor));
}
