#pragma once
// What `import Glibc` lacks: Linux's own event interfaces, and accept4 and pipe2, which need _GNU_SOURCE.
// That macro is defined for this target's .c file alone: in a header that Swift imports it would
// change glibc's types and clash with other modules.
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

/// accept4(2): accepts a connection that is non-blocking and closed on exec from its first moment.
int clinux_accept(int listener, struct sockaddr *address, socklen_t *length);

/// pipe2(2): a pipe, both ends of which are closed on exec from their first moment.
int clinux_pipe(int ends[2]);

/// The user of the process at the other end of a Unix-domain socket (SO_PEERCRED, unix(7)); -1 where
/// the kernel does not say.
long long clinux_peer_user(int descriptor);

/// The type of the file system of a path (f_type, statfs(2)); -1 where the kernel does not say.
long long clinux_file_system_type(const char *path);

/// The state of the system clock (adjtimex(2)): 1 when it is synchronised, 0 when it is not, -1 where the
/// kernel does not say.
int clinux_is_clock_synchronized(void);

/// Lowers the scheduling priority of the calling thread alone (nice value, setpriority(2)).
int clinux_set_thread_nice(int nice);

/// Keeps core files and other processes of the same user from this one's memory (PR_SET_DUMPABLE,
/// prctl(2)).
int clinux_set_undumpable(void);

/// Unmaps the pages of the program and its libraries that are as in their files; what is needed again
/// comes from the page cache (madvise(2), MADV_DONTNEED).
void clinux_release_program_pages(void);
