package import Auth
package import Crypto
package import HTTP
import Synchronization

/// Decides which requests are probes of the doctor, each of which is answered once.
///
/// Shared by all threads.
package final class ProbeGate: Sendable {
    /// The path of probes.
    package static let path = "/auth/probe"
    /// The most seconds that an answer may be delayed.
    package static let maximumDelay = 30

    /// The most passes that were used and have not expired: an examination needs fewer, and one more is
    /// refused, so that none is forgotten while it is valid.
    static let maximumUsed = 512
    /// What a Bearer credential begins with that asks forward-auth to fail.
    private static let outagePrefix = "lunauth-probe."
    private static let verifyPath = "/auth/verify"

    private let state: Mutex<State>
    private let now: @Sendable () -> Timestamp
    private let pause: @Sendable (_ seconds: Int) -> Void

    private struct State {
        var key: Secret?
        /// When the passes expire that were used, by nonce.
        var used: [String: Int64] = [:]
        /// Whether an answer is being delayed: one worker is held at a time.
        var isDelaying = false
    }

    /// A gate.
    ///
    /// - Parameters:
    ///   - key: The key of passes; without one nothing is a probe.
    ///   - now: The clock of expiry.
    ///   - pause: Waits on the thread that calls it.
    package init(
        key: Secret? = nil,
        now: @escaping @Sendable () -> Timestamp = { Timestamp(milliseconds: 0) },
        pause: @escaping @Sendable (_ seconds: Int) -> Void = { _ in }
    ) {
        state = Mutex(State(key: key))
        self.now = now
        self.pause = pause
    }

    /// Replaces the key; passes of the former one open nothing any more.
    package func replace(by key: Secret) {
        state.withLock { $0.key = key }
    }

    /// Whether a request is a probe that was not answered yet.
    package func isProbe(_ request: Request) -> Bool {
        guard let text = request.single(.xLunauthProbe) else { return false }
        return state.withLock { state in
            guard let pass = pass(text, request.method, request.target, state) else {
                return false
            }
            return state.used[pass.nonce] == nil
        }
    }

    /// Takes the pass of a request, which opens nothing afterwards.
    ///
    /// - Returns: The pass.
    /// - Throws: `notFound` without one that is valid and was not used.
    package func take(of request: Request) throws(RequestError) -> ProbePass {
        guard let text = request.single(.xLunauthProbe),
            let pass = take(text, request.method, request.target)
        else { throw .notFound }
        return pass
    }

    /// Whether a request to forward-auth is to be answered as if the server could not serve it: its
    /// Bearer credential is a pass for that.
    package func takesOutage(of context: RequestContext) -> Bool {
        guard let token = context.bearerToken,
            token.prefix(Self.outagePrefix.utf8.count).equals(Self.outagePrefix)
        else { return false }
        let text = token.dropFirst(Self.outagePrefix.utf8.count)
        return take(text, .get, Array(Self.verifyPath.utf8)) != nil
    }

    /// The credential that asks forward-auth to fail.
    package static func outageCredential(at time: Timestamp, key: Secret) -> String {
        outagePrefix + ProbePass(at: time).text(for: .get, verifyPath, key: key)
    }

    /// Delays the answer to a probe.
    ///
    /// - Parameter seconds: How long; at most `maximumDelay`.
    /// - Throws: `refused` while another answer is delayed.
    package func delay(for seconds: Int) throws(RequestError) {
        let isFree = state.withLock { state in
            defer { state.isDelaying = true }
            return !state.isDelaying
        }
        guard isFree else { throw .refused(.overloaded(retryAfterSeconds: 1)) }
        defer { state.withLock { $0.isDelaying = false } }
        pause(min(max(seconds, 0), Self.maximumDelay))
    }

    private func take(
        _ text: ArraySlice<UInt8>, _ method: Method, _ target: [UInt8]
    ) -> ProbePass? {
        let present = now().seconds
        return state.withLock { state in
            guard let pass = pass(text, method, target, state) else { return nil }
            state.used = state.used.filter { $0.value > present }
            guard state.used.count < Self.maximumUsed,
                state.used.updateValue(pass.expiry, forKey: pass.nonce) == nil
            else { return nil }
            return pass
        }
    }

    private func pass(
        _ text: ArraySlice<UInt8>, _ method: Method, _ target: [UInt8], _ state: State
    ) -> ProbePass? {
        state.key.flatMap { ProbePass(text, for: method, target, key: $0, at: now()) }
    }
}

extension Request {
    /// The path, with its query where it has one.
    fileprivate var target: [UInt8] {
        Array(path) + (query.map { [UInt8(ascii: "?")] + $0 } ?? [])
    }
}
