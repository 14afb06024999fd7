// System: what the daemon and the mailer need from Linux.
//
// Contains threads, file descriptors, eventfd, clocks, durable files, locks, limits of the process
// and its hardening. A failed system call is a `SystemError` that names the call and its reason.
// May import: CLinux. Knows nothing of HTTP, accounts or SQL.
// Begin with `SystemCall.swift` and `FileDescriptor.swift`, which the rest is built on.
