import CLinux
import Glibc
import System

/// What an event concerns: a place in a loop's table, and which occupant of it was meant.
///
/// A place is used again after its connection closed; an event or an answer that was still under
/// way then carries an old generation and is recognised as stale.
struct Token: Sendable, Equatable {
    /// The token of a loop's mailbox.
    static let mailbox = Token(slot: .max, generation: 0)

    /// The place in the table.
    let slot: UInt32
    /// The occupant, from 1; 0 marks what is no connection (the mailbox, a listener).
    let generation: UInt32

    /// As it is kept by the kernel.
    var bits: UInt64 { UInt64(generation) << 32 | UInt64(slot) }

    /// A token from its parts.
    init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }

    /// A token as the kernel gives it back.
    init(bits: UInt64) {
        slot = UInt32(truncatingIfNeeded: bits)
        generation = UInt32(truncatingIfNeeded: bits >> 32)
    }
}

/// What happened to a descriptor.
struct Readiness: OptionSet {
    /// The bits of `epoll_event.events`.
    let rawValue: UInt32

    /// Input, or its end, may be read.
    static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    /// Output may be sent.
    static let writable = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The peer has ended its output.
    static let inputEnds = Readiness(rawValue: EPOLLRDHUP.rawValue)
    /// Both directions are over; what came before that may still be read.
    static let hungUp = Readiness(rawValue: EPOLLHUP.rawValue)
    /// The connection is broken.
    static let broken = Readiness(rawValue: EPOLLERR.rawValue)
}

/// One epoll instance (epoll(7)); made before its loop's thread starts, so that failing is early.
final class Poller: Sendable {
    /// How a descriptor is watched.
    enum Watch {
        /// Every change of a connection, told once (edge-triggered).
        case connection
        /// Queued connections: told to one of the loops that wait, again and again until taken.
        case listener
        /// A mailbox's counter.
        case mailbox

        fileprivate var events: UInt32 {
            switch self {
            case .connection:
                EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
            case .listener: EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue
            case .mailbox: EPOLLIN.rawValue
            }
        }
    }

    private let descriptor: FileDescriptor

    /// An instance that watches nothing.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        let number = try SystemCall.require("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) }
        descriptor = FileDescriptor(owning: number)
    }

    /// Starts to watch a descriptor.
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

    /// Stops to watch a descriptor.
    ///
    /// Closing it is not enough where another process holds the same socket.
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
    ///   - events: Where they are stored.
    ///   - timeout: In milliseconds; -1 without one.
    /// - Returns: How many there are; nil when a signal interrupted the wait.
    func wait(into events: inout Events, timeout: Int32) -> Int? {
        unsafe events.fill { unsafe epoll_wait(descriptor.number, $0, $1, timeout) }
    }

    /// Space for the events of one wait.
    @safe struct Events {
        private var storage: [epoll_event]

        /// How many fit.
        var capacity: Int { unsafe storage.count }

        /// Space for this many.
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
