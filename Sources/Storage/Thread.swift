import Glibc

/// A thread of the operating system.
///
/// It has the signal mask of the thread that started it.
struct Thread: Sendable {
    private let identifier: pthread_t

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts a thread.
    ///
    /// - Parameter run: All it does; makes what is confined to it.
    /// - Throws: `io` when there can be no more threads.
    init(_ run: @escaping @Sendable () -> Void) throws(StorageError) {
        let body = unsafe Unmanaged.passRetained(Body(run))
        var started = pthread_t()
        let status = unsafe pthread_create(
            &started, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, body.toOpaque())
        guard status == 0 else {
            unsafe body.release()
            throw .system("pthread_create", "thread", code: status)
        }
        identifier = started
    }

    /// Waits until it has ended.
    ///
    /// Called once.
    func join() {
        pthread_join(identifier, nil)
    }
}
