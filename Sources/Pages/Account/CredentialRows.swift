import Auth
import Crypto

/// The rows of sessions and API keys, which the account page and the administration show.
extension PageContext {
    /// A live session.
    ///
    /// - Parameters:
    ///   - details: The session.
    ///   - isOwn: Whether it is that of the browser.
    ///   - end: Where the form that ends it posts to, and its fields; nil where it cannot be ended here.
    /// - Returns: The row.
    func sessionRow(
        _ details: SessionDetails, isOwn: Bool,
        end: (path: String, fields: KeyValuePairs<String, String?>)?
    ) -> HTML {
        let device = Device(userAgent: details.userAgent)
        let label =
            device.isKnown ? device.label(in: language) : texts.unknownDevice
        let moment =
            isOwn
            ? texts.signedIn(
                time(details.session.createdAt, now: service.now, .sentence, texts: texts))
            : texts.used(time(details.lastSeenAt, now: service.now, .sentence, texts: texts))
        return row(
            device.icon, label, badge: isOwn ? badge(.active, texts.thisDevice) : nil,
            about: html {
                details.address ?? texts.unknownAddress
                ", "
                moment
            },
            action: end.map { end in
                postForm(
                    end.path, hidden: end.fields,
                    button(texts.end, .quiet, object: label))
            })
    }

    /// A live API key.
    func apiKeyRow(_ details: APIKeyDetails, revoke: HTML?) -> HTML {
        let now = service.now
        let used = details.lastUsedAt.map { used in
            texts.used(time(used, now: now, .sentence, texts: texts))
        }
        return row(
            .key, bdi(details.name), badge: expiryBadge(of: details, now: now),
            about: html {
                code { "\(details.prefix)…" }
                ", \(texts.allowed(by: details.key.scopes)), "
                used ?? HTML(texts.neverUsed)
                if let end = details.key.expiresAt {
                    ", "
                    texts.expires(date(end, .sentence, texts: texts))
                }
            },
            action: revoke)
    }

    /// A warning for a key that expires soon.
    private func expiryBadge(of details: APIKeyDetails, now: Timestamp) -> HTML? {
        guard let end = details.key.expiresAt else { return nil }
        let days = end.utcDay - now.utcDay
        return days <= 14 ? badge(.expired, texts.ends(inDays: Int(days))) : nil
    }
}

extension Device {
    /// The pictogram for its kind.
    fileprivate var icon: Icon {
        switch system {
        case .iPhone, .iPad, .android: .phone
        case .windows, .macOS, .linux, .chromeOS: .laptop
        case nil: .terminal
        }
    }
}
