/// What the pages say to administrators about the record of events.
protocol AuditTexts {
    var auditLead: String { get }

    // MARK: Filters
    var filterEvents: String { get }
    var kindOfEvent: String { get }
    var allKinds: String { get }
    var accountOfEvent: String { get }
    var eventsSince: String { get }
    var showEvents: String { get }
    /// Where an email was searched that no account has.
    var noAccountOfEmail: String { get }

    // MARK: Events
    var event: String { get }
    var actorOfEvent: String { get }
    var clientOfEvent: String { get }
    var timeOfEvent: String { get }
    var noEventsFound: String { get }
    /// Before the name of the account that an event is about.
    var toAccount: String { get }

    // MARK: The chain
    var chainTitle: String { get }
    var chainAbout: HTML { get }
    var linkedUntil: String { get }
    var lastCheckpoint: String { get }
    var notLinked: String { get }
    var originOfRecord: String { get }
    var checkpointKey: String { get }
    func eventNumber(_ number: Int) -> String
    /// Before the first link or checkpoint.
    var notYet: String { get }
    var checkpointInvalid: String { get }
    var checkpointInvalidAdvice: String { get }
}
