extension German: AuditTexts {
    var auditLead: String { "Was hier geschah, wer es tat und von wo." }

    var filterEvents: String { "Ereignisse filtern" }
    var kindOfEvent: String { "Ereignis" }
    var allKinds: String { "Alle Ereignisse" }
    var accountOfEvent: String { "E-Mail-Adresse oder Kennung" }
    var eventsSince: String { "Seit" }
    var showEvents: String { "Ereignisse anzeigen" }
    var noAccountOfEmail: String {
        "Kein Konto hat diese E-Mail-Adresse. Geben Sie für ein gelöschtes Konto seine Kennung ein."
    }

    var event: String { "Ereignis" }
    var actorOfEvent: String { "Durch" }
    var clientOfEvent: String { "Von" }
    var timeOfEvent: String { "Zeit" }
    var noEventsFound: String {
        "Kein Ereignis passt. Ereignisse werden aufgezeichnet, sobald sie geschehen."
    }
    var toAccount: String { "am Konto von" }

    var chainTitle: String { "Kette" }
    var chainAbout: HTML {
        html {
            "Jedes Ereignis ist mit dem vorigen verkettet, und Prüfpunkte sind signiert. Um alles zu "
            "prüfen, führen Sie "
            code { "lunauth audit verify" }
            " aus."
        }
    }
    var linkedUntil: String { "Verkettet bis" }
    var lastCheckpoint: String { "Letzter Prüfpunkt" }
    var notLinked: String { "Noch nicht verkettet" }
    var originOfRecord: String { "Kennung des Protokolls" }
    var checkpointKey: String { "Öffentlicher Schlüssel" }
    func eventNumber(_ number: Int) -> String { "Ereignis \(self.number(number))" }
    var notYet: String { "Noch keiner" }
    var checkpointInvalid: String { "Die Signatur des letzten Prüfpunkts ist falsch" }
    var checkpointInvalidAdvice: String {
        "Das Protokoll kann verändert worden sein. Führen Sie lunauth audit verify aus, und "
            + "vergleichen Sie mit einem Prüfpunkt, der anderswo aufbewahrt ist."
    }
}
