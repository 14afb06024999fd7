import CLinux
import Glibc

/// A thread of the operating system, with the signal mask of the thread that started it.
public struct Thread: Sendable {
    private let identifier: pthread_t

    /// Starts a thread.
    ///
    /// - Parameters:
    ///   - stackBytes: The size of its stack.
    ///   - body: All it does; what is confined to it is made in there.
    /// - Throws: When the process may not have another thread.
    public init(
        stackBytes: Int = 1 << 20, _ body: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, stackBytes)
        let start = unsafe Unmanaged.passRetained(Start(body))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, &attributes,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, start.toOpaque())
        guard code == 0 else {
            unsafe start.release()
            throw SystemError("pthread_create", code: code)
        }
        identifier = thread
    }

    /// Waits until it has ended.
    ///
    /// To be called once, unless the thread is detached.
    public func join() {
        pthread_join(identifier, nil)
    }

    /// Detaches it: its end is not waited for.
    public func detach() {
        pthread_detach(identifier)
    }

    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
