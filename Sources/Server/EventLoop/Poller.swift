import CLinux
import Glibc
import System

/// What an event concerns: a slot of a loop's table, and the entry that it was for.
///
/// A slot is reused after its connection closed; an event or a response for the previous entry then
/// has an old generation and is recognised as stale.
struct Token: Sendable, Equatable {
    /// The token of a loop's queue.
    static let loopQueue = Token(slot: .max, generation: 0)

    /// The slot in the table.
    let slot: UInt32
    /// The entry, from 1; 0 marks the queue and the listeners.
    let generation: UInt32

    /// The form that the kernel stores.
    var bits: UInt64 { UInt64(generation) << 32 | UInt64(slot) }

    /// Creates a token.
    init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }

    /// Creates a token from the form that the kernel returns.
    init(bits: UInt64) {
        slot = UInt32(truncatingIfNeeded: bits)
        generation = UInt32(truncatingIfNeeded: bits >> 32)
    }
}

/// The state of a descriptor.
struct Readiness: OptionSet {
    /// The bits of `epoll_event.events`.
    let rawValue: UInt32

    /// Input, or its end, can be read.
    static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    /// Output can be sent.
    static let writable = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The peer has ended its output.
    static let inputEnds = Readiness(rawValue: EPOLLRDHUP.rawValue)
    /// Both directions are closed; earlier input can still be read.
    static let hungUp = Readiness(rawValue: EPOLLHUP.rawValue)
    /// The connection failed.
    static let broken = Readiness(rawValue: EPOLLERR.rawValue)
}

/// One epoll instance (epoll(7)); created before its loop's thread starts, to fail early.
final class Poller: Sendable {
    /// How a descriptor is watched.
    enum Watch {
        /// Every change of a connection, reported once (edge-triggered).
        case connection
        /// Queued connections: reported to one of the waiting loops, repeatedly until accepted.
        case listener
        /// The counter of a loop's queue.
        case loopQueue

        fileprivate var events: UInt32 {
            switch self {
            case .connection:
                EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
            case .listener: EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue
            case .loopQueue: EPOLLIN.rawValue
            }
        }
    }

    private let descriptor: FileDescriptor

    /// Creates an instance that watches nothing.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        let number = try SystemCall.require("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) }
        descriptor = FileDescriptor(owning: number)
    }

    /// Starts watching a descriptor.
    ///
    /// - Throws: When the kernel has no memory or no watch left.
    func add(
        _ watched: borrowing FileDescriptor, as watch: Watch, token: Token
    ) throws(SystemError) {
        var event = unsafe epoll_event()
        unsafe event.events = watch.events
        unsafe event.data.u64 = token.bits
        let number = watched.number
        try SystemCall.require("epoll_ctl") {
            unsafe epoll_ctl(descriptor.number, EPOLL_CTL_ADD, number, &event)
        }
    }

    /// Stops watching a descriptor.
    ///
    /// Closing it is not enough when another process has the same socket.
    func remove(_ watched: borrowing FileDescriptor) {
        var event = unsafe epoll_event()
        let number = watched.number
        _ = SystemCall.retrying {
            Int(unsafe epoll_ctl(descriptor.number, EPOLL_CTL_DEL, number, &event))
        }
    }

    /// Waits for events.
    ///
    /// - Parameters:
    ///   - events: The events are stored in it.
    ///   - timeout: In milliseconds; -1 without one.
    /// - Returns: The number of events; nil when a signal interrupted the wait.
    func wait(into events: inout Events, timeout: Int32) -> Int? {
        unsafe events.fill { unsafe epoll_wait(descriptor.number, $0, $1, timeout) }
    }

    /// The events of one wait.
    @safe struct Events {
        private var storage: [epoll_event]

        /// How many events fit.
        var capacity: Int { unsafe storage.count }

        /// Creates space for this many events.
        init(capacity: Int) {
            unsafe storage = unsafe [epoll_event](repeating: epoll_event(), count: capacity)
        }

        /// What one event concerns, and what happened.
        subscript(index: Int) -> (token: Token, readiness: Readiness) {
            let event = unsafe storage[index]
            return unsafe (Token(bits: event.data.u64), Readiness(rawValue: event.events))
        }

        /// Lets a call store events; it returns how many, or a negative number when it failed.
        mutating func fill(
            _ wait: (UnsafeMutablePointer<epoll_event>?, Int32) -> Int32
        ) -> Int? {
            let count = unsafe storage.withUnsafeMutableBufferPointer { buffer in
                unsafe wait(buffer.baseAddress, Int32(buffer.count))
            }
            return count < 0 ? nil : Int(count)
        }
    }
}
