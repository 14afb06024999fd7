import TestSupport

/// A client of the server, well-behaved or not.
///
/// Confined to the driver.
final class Client {
    /// The behaviour of a client on a connection.
    enum Style: CaseIterable {
        /// Sends whenever possible, reads whatever arrives.
        case prompt
        /// Reads a few bytes at a time.
        case slow
        /// Half-closes after the last request, and waits for the responses.
        case halfCloses
        /// Never reads.
        case mute
        /// Stops in the middle of a request.
        case stalls
        /// Resets the connection at any time.
        case resets
        /// Connects and sends nothing.
        case silent
    }

    /// A connection from the client's side.
    struct OpenConnection {
        let wire: Int
        let style: Style
        var outbox: [UInt8] = []
        var written = 0
        var delivered = 0
        var owed: [PendingRequest] = []
        var reader = ResponseReader()
        var answers = 0
        /// Whether the server said that the response was the last.
        var isLast = false
        /// Whether no more requests are sent on it.
        var isFull = false
        var isStalled = false
        var endedInput = false
    }

    /// What is known about the account.
    private(set) var model: AccountModel
    /// The number of responses.
    private(set) var answers = 0
    private var line: OpenConnection?
    private var requests: Int
    private var written = 0
    private var chance: Chance
    private let configuration: RunConfiguration
    private let context: SimulationContext

    /// Creates a client without a connection.
    init(_ index: Int, of context: SimulationContext, chance: Chance) {
        model = AccountModel(index: index, isOwner: index == 0)
        if index == TwoStepAccount.client, let account = context.twoStepAccount {
            model.account = .yes
            model.twoSteps = TwoStepModel(codes: account.codes)
        }
        configuration = context.configuration
        requests = configuration.requests
        self.context = context
        self.chance = chance
    }

    /// Whether all requests are sent and answered.
    var isDone: Bool { line == nil && requests == 0 }

    /// Whether the client can act now.
    var canAct: Bool {
        guard let line else { return requests > 0 && context.network.isListening }
        let wire = context.network[line.wire]
        if wire.isClosed || wire.outputEnded { return line.style != .mute || wire.isClosed }
        if line.style == .resets { return true }
        if !wire.output.isEmpty, line.style != .mute { return true }
        if line.isStalled || line.style == .silent { return false }
        return !line.outbox.isEmpty || maySend(on: line) || wantsToLeave(line)
    }

    /// Performs one action.
    ///
    /// - Parameter jumps: The number of clock jumps so far.
    func act(jumps: Int) {
        guard var line else { return connect() }
        self.line = nil
        let wire = context.network[line.wire]
        if wire.isClosed || wire.outputEnded && wire.output.isEmpty {
            if line.style != .mute { read(&line, .max, jumps) }
            return leave(line)
        }
        if line.style == .resets, chance.happens(15) {
            context.trace.note("reset", model.index, line.wire)
            context.network.reset(line.wire)
            return forget(line.owed)
        }
        if !wire.output.isEmpty, line.style != .mute, chance.happens(60) {
            read(&line, line.style == .slow ? sip(of: line) : 65_536, jumps)
        } else if !line.outbox.isEmpty, !line.isStalled {
            deliver(&line)
        } else if maySend(on: line) {
            ask(on: &line, jumps)
        } else if wantsToLeave(line) {
            context.trace.note("end", model.index, line.wire)
            context.network.endInput(of: line.wire)
            line.endedInput = true
            if line.style != .halfCloses { return leave(line) }
        }
        self.line = line
    }
}

extension Client {
    private func connect() {
        let capacity = configuration.isCalm ? 65_536 : chance.pick([150, 700, 4_096, 65_536])
        guard let wire = context.network.connect(capacity: capacity) else { return }
        let styles: [Style] = [.prompt, .prompt, .halfCloses, .slow]
        let style: Style =
            if configuration.isHasty, chance.happens(60) {
                .resets
            } else if configuration.isCalm || chance.happens(70) {
                chance.pick(styles)
            } else {
                chance.pick(Style.allCases)
            }
        context.trace.note("connect", model.index, wire, capacity)
        line = OpenConnection(wire: wire, style: style)
        if style == .silent { requests -= 1 }
    }

    private func maySend(on line: OpenConnection) -> Bool {
        requests > 0 && !line.isFull && !line.isLast && !line.isStalled && line.owed.count < 4
            && line.style != .silent
    }

    private func wantsToLeave(_ line: OpenConnection) -> Bool {
        guard !line.endedInput, line.outbox.isEmpty, requests == 0 || line.isFull || line.isLast
        else { return false }
        return line.style == .halfCloses || line.owed.isEmpty
    }

    private func ask(on line: inout OpenConnection, _ jumps: Int) {
        requests -= 1
        written += 1
        let ask = model.nextRequest(&chance)
        let closes = chance.happens(8)
        if case .malformed = ask { line.isFull = true }
        // Some clients continue after the request that they called the last.
        if closes, chance.happens(50) { line.isFull = true }
        let id = "c\(model.index).\(written)"
        let bytes = ask.bytes(of: model, id: id, closes: closes, &chance)
        line.outbox += bytes
        line.written += bytes.count
        line.owed.append(PendingRequest(ask: ask, id: id, end: line.written, jumps: jumps))
        context.trace.note("ask", model.index, written, bytes.count)
    }

    private func deliver(_ line: inout OpenConnection) {
        let count =
            chance.happens(30)
            ? line.outbox.count : min(line.outbox.count, chance.pick([1, 2, 7, 60, 200]))
        context.network.deliver(line.outbox.prefix(count), to: line.wire)
        line.outbox.removeFirst(count)
        line.delivered += count
        context.trace.note("deliver", model.index, line.wire, count)
        if line.style == .stalls, !line.outbox.isEmpty, chance.happens(30) { line.isStalled = true }
    }

    /// How much a slow client reads at once: a page has many times the bytes of a JSON response.
    private func sip(of line: OpenConnection) -> Int {
        chance.number(in: 1...(line.owed.first?.ask.isOfBrowser == true ? 2_000 : 40))
    }

    private func read(_ line: inout OpenConnection, _ count: Int, _ jumps: Int) {
        line.reader.append(context.network.read(line.wire, atMost: count))
        while let answer = line.reader.next(omitsBody: line.owed.first?.ask.isHead ?? false) {
            context.trace.note("answer", model.index, line.wire, answer.status)
            if line.isLast { violate("an answer after the last one") }
            if let fault = judge(answer, on: &line, jumps) { violate(fault) }
            line.answers += 1
            answers += 1
            if answer.closes { line.isLast = true }
        }
    }

    private func judge(
        _ answer: ReceivedResponse, on line: inout OpenConnection, _ jumps: Int
    ) -> String? {
        let isRefused = answer.status == 503 && line.answers == 0 && configuration.isCrowded
        guard let owed = line.owed.first else {
            return isRefused ? nil : "\(answer.status) without a request"
        }
        // A response after the server has refused something is not checked.
        let isLate = owed.end > context.network[line.wire].heard && !configuration.isCalm
        if answer.fields["x-request-id"] != owed.id {
            if isRefused { return nil }
            if case .malformed = owed.ask, answer.status == 400 {
                line.owed.removeFirst()
                return nil
            }
            if answer.status == 408, isLate, answer.closes { return nil }
            return "\(answer.status) for another request than \(owed.id)"
        }
        line.owed.removeFirst()
        if answer.status == 408 {
            model.lose(owed.ask)
            return isLate ? nil : "408 for a request that is whole"
        }
        guard owed.end <= line.delivered else {
            return "\(answer.status) for a request that is not whole"
        }
        return model.judge(
            answer, to: owed, jumps: jumps, stored: context.durable.memory,
            isCalm: configuration.isCalm
        ).map { "\(owed.ask) \(owed.id): \($0)" }
    }

    /// Records that the connection is closed, and its requests remain unanswered.
    private func leave(_ line: OpenConnection) {
        let wire = context.network[line.wire]
        if !line.endedInput { context.network.endInput(of: line.wire) }
        let isExcused =
            line.isLast || wire.endedWithProcess || wire.descriptor == nil
            || configuration.isCrowded
            || wire.wasTornDown && !configuration.isCalm
            || wire.capacity < ampleCapacity(for: line)
            || ![.prompt, .halfCloses].contains(line.style)
        for owed in line.owed where owed.end <= line.delivered && !isExcused {
            violate("\(owed.ask) \(owed.id) is never answered")
        }
        if line.reader.rest > 0, !isExcused { violate("half an answer") }
        forget(line.owed)
    }

    /// From which capacity on the response in progress is never cut off for its size alone.
    private func ampleCapacity(for line: OpenConnection) -> Int {
        line.owed.first?.ask.isOfBrowser == true ? 65_536 : 4_096
    }

    private func forget(_ owed: [PendingRequest]) {
        for owed in owed { model.lose(owed.ask) }
    }

    private func violate(_ what: String) {
        context.trace.violate("client \(model.index): \(what)")
    }
}

extension AccountModel {
    /// Chooses the next request: a browser follows a redirect, any other is by chance.
    mutating func nextRequest(_ chance: inout Chance) -> ClientRequest {
        if !follows.isEmpty {
            defer { follows = [] }
            return .browser(chance.pick(follows))
        }
        if account != .yes, chance.happens(50) { return isOwner ? .setUp : .signup }
        if let twoSteps, chance.happens(50), let step = twoSteps.nextStep(&chance) { return step }
        let session = sessions.isEmpty ? nil : chance.below(sessions.count)
        switch chance.below(140) {
        case ..<20: return .login
        case ..<26: return .loginWithWrongPassword
        case ..<48:
            return .me(session, byCookie: chance.happens(50), isHead: chance.happens(20))
        case ..<56: return .sessions(session)
        case ..<74: return .logout(session, byCookie: chance.happens(50))
        case ..<82:
            guard isOwner else { return .signup }
            guard let session else { return .setUp }
            return .approval(chance.happens(50), session)
        case ..<90: return .config
        case ..<94: return .health
        case ..<97: return .unknownPath
        case ..<100: return .malformed
        default:
            let request = nextPage(session, &chance)
            // Its sign-ins are those of a program, which answers both steps itself.
            if case .signIn(isPasswordRight: true) = request, twoSteps != nil { return .login }
            if case .changeName(let name, _) = request { self.name.send(name) }
            return .browser(request)
        }
    }

    /// Chooses what a browser does that follows no redirect.
    private func nextPage(_ session: Int?, _ chance: inout Chance) -> BrowserRequest {
        guard let session else {
            return chance.pick([
                .signIn(isPasswordRight: true), .signIn(isPasswordRight: true), .signInPage(nil),
                .accountPage(nil),
            ])
        }
        switch chance.below(40) {
        case ..<12: return .signIn(isPasswordRight: true)
        case ..<14: return .signIn(isPasswordRight: false)
        case ..<19: return .signInPage(chance.happens(70) ? session : nil)
        case ..<26: return .accountPage(session)
        case ..<33: return .changeName("Name \(chance.below(1_000_000))", session)
        default: return .signOut(session)
        }
    }
}
