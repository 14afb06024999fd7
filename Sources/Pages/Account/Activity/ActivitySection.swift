import Auth
import Crypto

extension PageContext {
    /// The latest events of the account.
    func activitySection(_ state: AccountState) -> HTML {
        panel(
            texts.name(of: .activity), id: AccountSection.activity.rawValue,
            about: texts.activityIntroduction,
            actions: linkButton(
                texts.viewAll, Pages.Path.activity, object: texts.name(of: .activity))
        ) {
            failureNotice(state, of: .disown)
            ownEvents(state.activity, of: state.account.id, in: state.session?.id)
        }
    }

    /// Events as the person sees them who caused them, or whom they are about.
    ///
    /// - Parameters:
    ///   - events: Newest first.
    ///   - accountID: Of the person.
    ///   - sessionID: The session of the browser: its beginning was the person's own.
    /// - Returns: The list.
    func ownEvents(
        _ events: [Event], of accountID: UUID, in sessionID: UUID?
    ) -> HTML {
        guard !events.isEmpty else { return empty(texts.noActivity) }
        return log {
            for event in events {
                let origin = origin(of: event.client)
                logEntry(
                    time(event.time, now: service.now, texts: texts),
                    texts.sentence(EventFacts(event)),
                    about: joined(
                        (event.object == sessionID && event.kind == .sessionCreated
                            ? [HTML(texts.thisDevice)] : [])
                            + origin + circumstances(of: event, for: accountID)),
                    action: event.mayBeDisowned(by: accountID, in: sessionID)
                        .map { disownForm($0, origin) })
            }
        }
    }

    private func disownForm(_ session: UUID, _ origin: [HTML]) -> HTML {
        postForm("/auth/sessions/\(session)/disown", class: nil) {
            element("button", .class("button")) {
                texts.wasNotMe
                // Several buttons say the same: where it was tells them apart.
                span("unseen") {
                    " "
                    joined(origin)
                }
            }
        }
    }

    /// Who else did it, and to whom, as far as that is not the person.
    private func circumstances(of event: Event, for accountID: UUID) -> [HTML] {
        var parts: [String?] = []
        switch event.actor {
        case .account(accountID), .client: break
        case .account: parts.append(texts.byAdministrator)
        case .apiKey(_, of: accountID): parts.append(texts.withAPIKey)
        case .apiKey: parts.append(texts.byAdministrator)
        case .link: parts.append(texts.withMailedLink)
        case .commandLine: parts.append(texts.byOperator)
        case .server: parts.append(texts.byServer)
        }
        if let subject = event.subject, subject != accountID {
            parts.append(texts.toAnotherAccount)
        }
        return parts.compactMap { $0.map { HTML($0) } }
    }
}

/// What every list of events shows.
extension PageContext {
    /// Device and address of a client, as far as they are known.
    func origin(of client: EventClient) -> [HTML] {
        let device = client.agent.map { Device(userAgent: $0) }
        return [
            device.map { $0.isKnown ? $0.label(in: language) : texts.unknownDevice },
            client.address,
        ].compactMap { $0.map { HTML($0) } }
    }

    /// Parts with commas between them, or what else separates them.
    func joined(_ parts: [HTML], by separator: String = ", ") -> HTML {
        html {
            for (index, part) in parts.enumerated() {
                if index > 0 { separator }
                part
            }
        }
    }
}

extension Event {
    /// The session that the person may say is another person's; nil where there is none.
    fileprivate func mayBeDisowned(by accountID: UUID, in sessionID: UUID?) -> UUID? {
        guard kind == .sessionCreated, subject == accountID, object != sessionID else { return nil }
        return object
    }
}
