extension English: AuditTexts {
    var auditLead: String { "What happened here, who did it, and from where." }

    var filterEvents: String { "Filter events" }
    var kindOfEvent: String { "Event" }
    var allKinds: String { "All events" }
    var accountOfEvent: String { "Email or identifier" }
    var eventsSince: String { "Since" }
    var showEvents: String { "Show events" }
    var noAccountOfEmail: String {
        "No account has this email. For a deleted account, enter its identifier."
    }

    var event: String { "Event" }
    var actorOfEvent: String { "By" }
    var clientOfEvent: String { "From" }
    var timeOfEvent: String { "Time" }
    var noEventsFound: String { "No event matches. Events are recorded as they happen." }
    var toAccount: String { "on the account of" }

    var chainTitle: String { "Chain" }
    var chainAbout: HTML {
        html {
            "Each event is linked to the one before it, and checkpoints are signed. To check all of "
            "it, run "
            code { "lunauth audit verify" }
            "."
        }
    }
    var linkedUntil: String { "Linked until" }
    var lastCheckpoint: String { "Last checkpoint" }
    var notLinked: String { "Not linked yet" }
    var originOfRecord: String { "Record" }
    var checkpointKey: String { "Public key" }
    func eventNumber(_ number: Int) -> String { "Event \(self.number(number))" }
    var notYet: String { "None yet" }
    var checkpointInvalid: String { "The signature of the last checkpoint is wrong" }
    var checkpointInvalidAdvice: String {
        "The record may have been changed. Run lunauth audit verify, and compare it with a "
            + "checkpoint that is kept elsewhere."
    }
}
