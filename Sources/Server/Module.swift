// Server: an HTTP/1.1 server on epoll, which knows nothing of what it serves.
//
// Contains event loops, connections with their deadlines, listeners, and the worker lanes with their
// bounded queues. A `Responder`, made per thread, decides responses and the lane of a request.
// May import: Bytes, CLinux, HTTP, Metrics, System.
// Begin with `Server.swift`, then `EventLoop/EventLoop.swift` and `Connections/Connection.swift`.
