import HTTP

extension Connection {
    /// What the loop lends for one step.
    struct Turn {
        /// Answers requests of the loop lane and renders refusals.
        let responder: any Responder
        /// The value of the Date field.
        let date: [UInt8]
        /// The time, in nanoseconds of the monotonic clock.
        let now: UInt64
        /// Whether the server is about to end: every answer is then the last of its connection.
        var isDraining = false
        /// Where in the output this connection's begins: before it stands that of others.
        var outputStart = 0
    }

    /// A request that has to be answered on a worker's lane.
    ///
    /// A class, since steps hand on one or none, and most of them none.
    final class Forward: Sendable {
        /// The whole request.
        let request: Request
        /// Where it has to run.
        let lane: Lane

        /// A request and its lane.
        init(request: Request, lane: Lane) {
            self.request = request
            self.lane = lane
        }
    }

    /// What the loop has to do with the socket after a step.
    enum Step: Equatable {
        /// Nothing.
        case proceed
        /// Everything is sent and nothing more will be: half-close.
        case endOutput
        /// Close.
        case close
    }
}
